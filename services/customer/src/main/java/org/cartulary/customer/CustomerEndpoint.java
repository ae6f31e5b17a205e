package org.cartulary.customer;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.customer.Customer;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.customer.CustomersOfEmail;
import org.cartulary.contracts.customer.FindCustomer;
import org.cartulary.contracts.customer.FindCustomerGroups;
import org.cartulary.contracts.customer.FindCustomersByEmail;
import org.cartulary.contracts.customer.GroupsOfCustomer;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

/** What other services ask about customers. */
@RestController
final class CustomerEndpoint implements CustomerApi {
    private final Database database;
    private final CustomerStore store;
    private final SealingCustomers sealed;
    private final CustomerGroupStore groups = new CustomerGroupStore();

    CustomerEndpoint(Database database, CustomerStore store, SealingCustomers sealed) {
        this.database = database;
        this.store = store;
        this.sealed = sealed;
    }

    @Override
    public @Nullable Customer find(FindCustomer query) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> store.find(tx, tenantId, query.id()))
                .flatMap(sealed::open)
                .map(CustomerView::asContract)
                .orElse(null);
    }

    @Override
    public CustomersOfEmail withEmail(FindCustomersByEmail query) {
        UUID tenantId = RequestContext.currentTenant();
        return new CustomersOfEmail(
                database.inReadTransaction(tx -> store.findByEmail(tx, tenantId, query.emailIndex())).stream()
                        .map(StoredCustomer::id)
                        .toList());
    }

    @Override
    public GroupsOfCustomer groups(FindCustomerGroups query) {
        return new GroupsOfCustomer(database.inReadTransaction(tx -> groups.groupsOf(tx, query.customerId())));
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return CustomerInvariants.check(database);
    }
}
