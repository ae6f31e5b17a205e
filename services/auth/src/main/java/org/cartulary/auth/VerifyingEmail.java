package org.cartulary.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.auth.UserRegistered;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;

/**
 * Lets people show that an e-mail address is theirs, and that it was they who registered with it. Anybody can register with an
 * address of somebody else, who then gets a mail about a password that they do not know. Thread-safe.
 */
final class VerifyingEmail {

    private final UnidentifiedCallers database;
    private final MailingTokens mailing;
    private final ProvingAddresses proving;
    private final Passwords passwords;
    private final SealingPersons persons;
    private final Clock clock;
    private final MailedTokenStore tokens = new MailedTokenStore();
    private final UserStore users = new UserStore();
    private final LoginAttemptStore attempts = new LoginAttemptStore();

    VerifyingEmail(
            Database database,
            MailingTokens mailing,
            ProvingAddresses proving,
            Passwords passwords,
            SealingPersons persons,
            Clock clock) {
        this.database = new UnidentifiedCallers(database);
        this.mailing = mailing;
        this.proving = proving;
        this.passwords = passwords;
        this.persons = persons;
        this.clock = clock;
    }

    /** Sends another mail, if the address has an account, is not verified, and not too many were asked for; it tells nothing. */
    void request(String email) {
        UUID tenantId = RequestContext.currentTenant();
        Instant now = clock.instant();
        mailing.request(
                MailedToken.EMAIL_VERIFICATION,
                email,
                (tx, emailIndex) -> users.findUnverified(tx, tenantId, emailIndex),
                now);
    }

    /** What a token is about: who has registered, and with which password. */
    private record Registration(StoredPerson person, String passwordHash) {

        @Override
        public String toString() {
            return "Registration[]";
        }
    }

    /**
     * Whether the token was good, and the password that of the registration that it was mailed for: so whoever registers with the
     * address of somebody else gets no account by the other's mail. Then it verifies the address that it was sent to, once, and
     * makes its user a customer. With another password nothing happens to the token. Hashing takes long, so the password is compared
     * first; whether it still is the one is decided when the token is used.
     */
    boolean confirm(String token, String password) {
        UUID tenantId = RequestContext.currentTenant();
        Optional<Registration> registration = database.inReadTransaction(
                tx -> tokens.find(tx, tenantId, MailedToken.EMAIL_VERIFICATION, token, clock.instant())
                        .flatMap(userId -> find(tx, tenantId, userId)));
        // Without a registration that takes as long: a token of somebody else's is answered as one that is none.
        boolean fits = passwords.matches(
                password, registration.map(Registration::passwordHash).orElse(null));
        if (!fits || registration.isEmpty()) {
            return false;
        }
        Registration found = registration.get();
        return persons.open(found.person().userId(), found.person().personSealed())
                .map(person -> verify(tenantId, token, found, person))
                .orElse(false);
    }

    private Optional<Registration> find(Transaction tx, UUID tenantId, UUID userId) {
        return users.findPerson(tx, tenantId, userId)
                .flatMap(person -> users.findPasswordHash(tx, tenantId, userId)
                        .map(passwordHash -> new Registration(person, passwordHash)));
    }

    private boolean verify(UUID tenantId, String token, Registration registration, Person person) {
        UserRegistered announcement = proving.announcement(person);
        UUID userId = announcement.userId();
        Instant now = clock.instant();
        return database.inTransaction(tx -> {
            // Who is somebody else by now, or has another password, was registered again: what was mailed before is
            // void.
            boolean good = users.lock(tx, tenantId, registration.person())
                    && users.keepsPassword(tx, tenantId, userId, registration.passwordHash())
                    && tokens.use(tx, tenantId, MailedToken.EMAIL_VERIFICATION, token, now)
                            .isPresent();
            if (good) {
                proving.prove(tx, tenantId, announcement, now);
                tokens.forget(tx, tenantId, MailedToken.EMAIL_VERIFICATION, userId);
                // Whoever tried to log in before the mail came has shown wrong passwords only, as nobody could.
                attempts.forget(tx, tenantId, announcement.emailIndex());
            }
            return good;
        });
    }
}
