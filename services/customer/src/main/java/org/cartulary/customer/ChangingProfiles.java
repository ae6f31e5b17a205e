package org.cartulary.customer;

import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.cartulary.contracts.customer.CustomerPerson;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** Has customers change what is kept of who they are. Thread-safe. */
record ChangingProfiles(Database database, CustomerStore store, SealingCustomers sealed, Clock clock) {

    private static final int LEAST_AGE = 13;
    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);

    /**
     * Puts what the customer says in the place of what was known; what the account and the shop know stays.
     *
     * @throws ProblemException 404 {@code customer-not-found}; 410 {@code person-erased}; 412 unless the customer has that version;
     *     422 {@code invalid-request}
     */
    CustomerView change(UUID customerId, long version, ProfileChange change) {
        requireOldEnough(change.dateOfBirth());
        UUID tenantId = RequestContext.currentTenant();
        StoredCustomer before = find(tenantId, customerId);
        if (before.version() != version) {
            throw ETags.stale();
        }
        CustomerPerson known = sealed.person(before).orElseThrow(CustomersController::unknown);
        CustomerPerson person = new CustomerPerson(
                known.email(),
                change.phone(),
                change.firstName(),
                change.lastName(),
                change.dateOfBirth(),
                known.gender(),
                known.metadata());
        String personSealed = sealed.seal(sealed.keyOf(customerId), customerId, person);
        if (!database.inTransaction(tx -> store.changePerson(tx, tenantId, customerId, version, personSealed))) {
            throw ETags.stale();
        }
        return sealed.open(find(tenantId, customerId)).orElseThrow(CustomersController::unknown);
    }

    private StoredCustomer find(UUID tenantId, UUID customerId) {
        return database.inReadTransaction(tx -> store.find(tx, tenantId, customerId))
                .orElseThrow(CustomersController::unknown);
    }

    private void requireOldEnough(@Nullable LocalDate dateOfBirth) {
        LocalDate latest = LocalDate.now(clock).minusYears(LEAST_AGE);
        if (dateOfBirth != null && (dateOfBirth.isAfter(latest) || dateOfBirth.isBefore(EARLIEST_BIRTH))) {
            throw ProblemException.unprocessable("invalid-request", "the birth date is not one of a customer")
                    .with("/dateOfBirth", "out-of-range", "a customer is at least " + LEAST_AGE + " years old");
        }
    }
}
