package org.cartulary.customer;

import java.util.List;
import org.cartulary.contracts.customer.Customer;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.customer.FindCustomer;
import org.cartulary.contracts.reconciliation.InvariantResult;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CustomerEndpoint implements CustomerApi {

    private final CustomerStore customers;
    private final CustomerInvariants invariants;

    CustomerEndpoint(CustomerStore customers, CustomerInvariants invariants) {
        this.customers = customers;
        this.invariants = invariants;
    }

    @Override
    public @Nullable Customer find(FindCustomer query) {
        CustomerView customer = customers.find(query.id());
        return customer == null
                ? null
                : new Customer(
                        customer.id(),
                        customer.customerNumber(),
                        customer.email(),
                        customer.firstName(),
                        customer.lastName(),
                        customer.status().equals("active"));
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return invariants.check();
    }
}
