package org.cartulary.auth;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.contracts.auth.UserRegistered;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.privacy.SealingKey;

/**
 * What follows when somebody has read a mail to an address: it is theirs. Then, and not when anybody registers with it, a customer
 * is announced, so that nobody gets what belongs to the address of somebody else. Thread-safe.
 */
final class ProvingAddresses {

    private final Outbox outbox;
    private final SealingPersons persons;
    private final UserStore users = new UserStore();

    ProvingAddresses(Outbox outbox, SealingPersons persons) {
        this.outbox = outbox;
        this.persons = persons;
    }

    /** How the person will be announced. Not within a transaction, since a key may have to be asked for. */
    UserRegistered announcement(Person person) {
        SealingKey key = persons.keyOf(person.userId());
        return new UserRegistered(
                person.userId(), persons.emailIndex(person.email()), persons.sealForCustomer(key, person));
    }

    /** The address is the user's, whose row the caller has locked; a customer whose first proof it is, is announced. */
    void prove(Transaction tx, UUID tenantId, UserRegistered announcement, Instant now) {
        users.markVerified(tx, tenantId, announcement.userId(), now)
                .filter(verified -> verified.role().equals(Roles.CUSTOMER))
                .ifPresent(verified -> outbox.append(tx, announcement, announcement.userId(), verified.version()));
    }
}
