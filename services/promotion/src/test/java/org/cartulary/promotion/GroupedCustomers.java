package org.cartulary.promotion;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.cartulary.contracts.customer.Customer;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.customer.CustomersOfEmail;
import org.cartulary.contracts.customer.FindCustomer;
import org.cartulary.contracts.customer.FindCustomerGroups;
import org.cartulary.contracts.customer.FindCustomersByEmail;
import org.cartulary.contracts.customer.GroupsOfCustomer;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.reconciliation.InvariantResult;

/** Customers in the groups that a test puts them into. It refuses, as a remote service does, to be asked in a transaction. */
final class GroupedCustomers implements CustomerApi {

    final AtomicInteger asked = new AtomicInteger();
    private final Map<UUID, List<UUID>> groups = new ConcurrentHashMap<>();

    void put(UUID customer, UUID... into) {
        groups.put(customer, List.of(into));
    }

    @Override
    public GroupsOfCustomer groups(FindCustomerGroups query) {
        Database.requireNoTransaction("asking for the groups of a customer");
        asked.incrementAndGet();
        return new GroupsOfCustomer(groups.getOrDefault(query.customerId(), List.of()));
    }

    @Override
    public CustomersOfEmail withEmail(FindCustomersByEmail query) {
        throw new UnsupportedOperationException("promotions ask for groups only");
    }

    @Override
    public Customer find(FindCustomer query) {
        throw new UnsupportedOperationException("promotions ask for groups only");
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return List.of();
    }
}
