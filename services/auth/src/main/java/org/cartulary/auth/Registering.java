package org.cartulary.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.contracts.auth.UserRegistered;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.SealingKey;

/**
 * Registers customers: the account, the event that announces it and the mail that verifies its address are one transaction; the
 * mail is sent later. Thread-safe.
 */
final class Registering {

    private final Database database;
    private final Outbox outbox;
    private final Passwords passwords;
    private final MailingTokens mailing;
    private final SealedPersons persons;
    private final Clock clock;
    private final UserStore users = new UserStore();

    Registering(
            Database database,
            Outbox outbox,
            Passwords passwords,
            MailingTokens mailing,
            SealedPersons persons,
            Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.passwords = passwords;
        this.mailing = mailing;
        this.persons = persons;
        this.clock = clock;
    }

    RegisterResult register(String email, String password, String firstName, String lastName) {
        UUID id = Ids.next();
        Person person = new Person(id, email, firstName, lastName);
        Optional<PasswordRules.Refusal> refusal = PasswordRules.refusal(password, person);
        if (refusal.isPresent()) {
            return new RegisterResult.PasswordRefused(refusal.get());
        }
        String passwordHash = passwords.hash(password);
        Instant now = clock.instant();
        SealingKey key = persons.keyOf(id);
        String emailIndex = persons.emailIndex(email);
        NewUser user = new NewUser(
                RequestContext.currentTenant(),
                id,
                emailIndex,
                persons.seal(key, person),
                passwordHash,
                Roles.CUSTOMER);
        UserRegistered registered = new UserRegistered(id, emailIndex, persons.sealForCustomer(key, person));
        return database.inTransaction(tx -> {
            if (!users.insert(tx, user)) {
                return new RegisterResult.EmailTaken();
            }
            outbox.append(tx, registered, id, 1);
            mailing.mail(tx, user.tenantId(), MailedToken.EMAIL_VERIFICATION, new Account(id, email, key), now);
            return new RegisterResult.Registered(id);
        });
    }
}
