package org.cartulary.customer;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.privacy.EmailAddress;
import org.jspecify.annotations.Nullable;

/** Finds customers for those who run the shop. Thread-safe. */
record ReadingCustomers(
        Database database,
        CustomerStore store,
        SealingCustomers sealed,
        AddressBook addresses,
        CustomerGroupStore groups,
        StatisticsStore statistics) {

    private record Found(
            StoredCustomer customer, List<GroupMembership> groups, List<CustomerStatistics.OfCurrency> statistics) {}

    /** Those with this number and this e-mail address, of which one may be missing. */
    List<CustomerView> find(@Nullable String number, @Nullable String email) {
        UUID tenantId = RequestContext.currentTenant();
        if (number == null) {
            return email == null ? List.of() : withEmail(tenantId, email);
        }
        return database.inReadTransaction(tx -> store.findByNumber(tx, tenantId, number)).flatMap(sealed::open).stream()
                .filter(customer -> email == null || EmailAddress.of(email).equals(EmailAddress.of(customer.email())))
                .toList();
    }

    private List<CustomerView> withEmail(UUID tenantId, String email) {
        String emailIndex = sealed.emailIndex(email);
        return sealed.openAll(database.inReadTransaction(tx -> store.findByEmail(tx, tenantId, emailIndex)));
    }

    /** A customer with addresses, groups and statistics; empty if there is none, or they were forgotten. */
    Optional<CustomerDetails> details(UUID id) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> store.find(tx, tenantId, id)
                        .map(customer ->
                                new Found(customer, groups.memberships(tx, id), statistics.find(tx, tenantId, id))))
                .flatMap(found -> sealed.open(found.customer())
                        .map(customer -> new CustomerDetails(
                                customer,
                                addresses.list(id, null, AddressBook.MAX_ADDRESSES),
                                found.groups(),
                                found.statistics())));
    }
}
