package org.cartulary.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.auth.UserRegistered;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;

/** Gives people who have forgotten their password a new one, by a token that is mailed to them. Thread-safe. */
final class ResettingPassword {

    private final UnidentifiedCallers database;
    private final MailingTokens mailing;
    private final ProvingAddresses proving;
    private final Passwords passwords;
    private final SealingPersons persons;
    private final Clock clock;
    private final MailedTokenStore tokens = new MailedTokenStore();
    private final UserStore users = new UserStore();
    private final SessionStore sessions = new SessionStore();
    private final SecondFactorStore factors = new SecondFactorStore();
    private final LoginAttemptStore attempts = new LoginAttemptStore();

    ResettingPassword(
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

    /** Sends a mail, if the address has an account and not too many were asked for; it tells nothing. */
    void request(String email) {
        UUID tenantId = RequestContext.currentTenant();
        Instant now = clock.instant();
        mailing.request(
                MailedToken.PASSWORD_RESET, email, (tx, emailIndex) -> users.findActive(tx, tenantId, emailIndex), now);
    }

    /** Sets the password. The token is looked up first, because hashing takes long; what uses it up decides. */
    ResetPasswordResult complete(String token, String password) {
        UUID tenantId = RequestContext.currentTenant();
        Optional<StoredPerson> stored = database.inReadTransaction(
                tx -> tokens.find(tx, tenantId, MailedToken.PASSWORD_RESET, token, clock.instant())
                        .flatMap(userId -> users.findPerson(tx, tenantId, userId)));
        Optional<Person> person = stored.flatMap(user -> persons.open(user.userId(), user.personSealed()));
        if (person.isEmpty()) {
            return new ResetPasswordResult.InvalidToken();
        }
        Optional<PasswordRules.Refusal> refusal = PasswordRules.refusal(password, person.get());
        if (refusal.isPresent()) {
            return new ResetPasswordResult.Refused(refusal.get());
        }
        String passwordHash = passwords.hash(password);
        UserRegistered announcement = proving.announcement(person.get());
        Instant now = clock.instant();
        Optional<ResetPasswordResult> result = database.inTransaction(tx -> {
            if (!users.lock(tx, tenantId, stored.get())) {
                return Optional.empty();
            }
            boolean good = tokens.use(tx, tenantId, MailedToken.PASSWORD_RESET, token, now)
                    .isPresent();
            if (good) {
                replace(tx, tenantId, announcement, passwordHash, now);
            }
            return Optional.of(good ? new ResetPasswordResult.Reset() : new ResetPasswordResult.InvalidToken());
        });
        // Somebody has registered with the address meanwhile, which the few mails of an hour allow seldom; or the
        // account is gone.
        return result.orElseGet(() -> complete(token, password));
    }

    /**
     * The password first: a log-in with the old one that is under way either has opened its session by now, which ends below, or
     * finds another password.
     */
    private void replace(Transaction tx, UUID tenantId, UserRegistered announcement, String passwordHash, Instant now) {
        UUID userId = announcement.userId();
        proving.prove(tx, tenantId, announcement, now);
        users.replacePassword(tx, tenantId, userId, passwordHash, now);
        sessions.revokeAll(tx, tenantId, userId, "PASSWORD_RESET", now);
        // Made with the old password, and confirmed with none.
        factors.forgetUnconfirmed(tx, tenantId, userId);
        tokens.forget(tx, tenantId, MailedToken.PASSWORD_RESET, userId);
        attempts.forget(tx, tenantId, announcement.emailIndex());
    }
}
