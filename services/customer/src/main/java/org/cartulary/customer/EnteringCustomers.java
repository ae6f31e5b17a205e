package org.cartulary.customer;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ProblemException;
import org.springframework.dao.DuplicateKeyException;

/** Enters the customers that a shop knows from elsewhere: all of a batch or none. Thread-safe. */
final class EnteringCustomers {

    private final Database database;
    private final CustomerEntryStore store;

    EnteringCustomers(Database database, CustomerEntryStore store) {
        this.database = database;
        this.store = store;
    }

    /**
     * Enters the customers.
     *
     * @throws ProblemException 422 {@code duplicate-entry} if a number or an e-mail address is in the batch twice, 409
     *     {@code email-taken} if another customer has an address
     */
    List<EnteredCustomer> enter(List<CustomerEntry> entries) {
        requireDistinct(entries);
        UUID tenantId = RequestContext.currentTenant();
        try {
            return database.inTransaction(tx -> store.enter(tx, tenantId, entries));
        } catch (DuplicateKeyException e) {
            ProblemException problem =
                    ProblemException.conflict("email-taken", "another customer has one of the e-mail addresses");
            database.inReadTransaction(tx -> store.placesOfTakenEmails(tx, tenantId, entries))
                    .forEach(place -> problem.with(
                            "/customers/" + place + "/email", "taken", "another customer has this e-mail address"));
            throw problem;
        }
    }

    private static void requireDistinct(List<CustomerEntry> entries) {
        ProblemException problem =
                ProblemException.unprocessable("duplicate-entry", "a number or an e-mail address is there twice");
        Set<String> numbers = new HashSet<>();
        Set<String> emails = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            if (!numbers.add(entries.get(i).customerNumber())) {
                problem.with("/customers/" + i + "/customerNumber", "duplicate", "this number is there twice");
            }
            if (!emails.add(entries.get(i).email().toLowerCase(Locale.ROOT))) {
                problem.with("/customers/" + i + "/email", "duplicate", "this e-mail address is there twice");
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }
}
