package org.cartulary.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Logs people in. An attempt is counted before the password is looked at, and forgotten when it was right: so no more than
 * {@link LoginAttemptStore#MAX_ATTEMPTS} passwords are tried however many arrive at once. An address without an account,
 * or with one that was not verified, is counted and locked alike, and takes as long. Thread-safe.
 */
final class SigningIn {

    private final UnidentifiedCallers database;
    private final Passwords passwords;
    private final SecondFactors secondFactors;
    private final SealingPersons persons;
    private final Clock clock;
    private final UserStore users = new UserStore();
    private final LoginAttemptStore attempts = new LoginAttemptStore();
    private final SessionStore sessions = new SessionStore();

    SigningIn(
            Database database, Passwords passwords, SecondFactors secondFactors, SealingPersons persons, Clock clock) {
        this.database = new UnidentifiedCallers(database);
        this.passwords = passwords;
        this.secondFactors = secondFactors;
        this.persons = persons;
        this.clock = clock;
    }

    private record Attempt(
            int number,
            @Nullable Instant lockedUntil,
            @Nullable Credentials credentials) {}

    /** Logs somebody in, and keeps a stronger hash of the password where that of the account is weaker than today's. */
    SignInResult signIn(LogIn logIn) {
        UUID tenantId = RequestContext.currentTenant();
        Instant now = clock.instant();
        String emailHash = persons.emailIndex(logIn.email());
        Attempt attempt = database.inTransaction(tx -> {
            int number = attempts.claim(tx, tenantId, emailHash, now);
            Instant lockedUntil = number == 0 ? attempts.lockedUntil(tx, tenantId, emailHash, now) : null;
            return new Attempt(
                    number, lockedUntil, credentials(tx, tenantId, logIn.email().strip()));
        });
        if (attempt.lockedUntil() != null) {
            return new SignInResult.TooManyAttempts(Duration.between(now, attempt.lockedUntil()));
        }
        Credentials credentials = attempt.credentials();
        boolean right = passwords.matches(logIn.password(), credentials == null ? null : credentials.passwordHash());
        if (!right || credentials == null) {
            return new SignInResult.WrongCredentials();
        }
        if (credentials.asksForSecondFactor() && logIn.secondFactor() == null) {
            return new SignInResult.SecondFactorRequired();
        }
        String passwordHash = passwords.isWeakerThanToday(credentials.passwordHash())
                ? passwords.hash(logIn.password())
                : credentials.passwordHash();
        return database.inTransaction(
                tx -> admit(tx, tenantId, logIn, credentials, passwordHash, attempt.number() - 1));
    }

    /** What is no address is nobody's: to the database it might be another spelling of one, which is counted by itself. */
    private @Nullable Credentials credentials(Transaction tx, UUID tenantId, String email) {
        return EmailAddresses.isAddress(email) ? users.findCredentials(tx, tenantId, persons.emailIndex(email)) : null;
    }

    /** Opens a session, if the second factor is right too and the password is still the one that was compared. */
    private SignInResult admit(
            Transaction tx, UUID tenantId, LogIn logIn, Credentials credentials, String passwordHash, int failures) {
        Instant now = clock.instant();
        String code = logIn.secondFactor();
        if (credentials.asksForSecondFactor()
                && (code == null || !secondFactors.accept(tx, tenantId, credentials.userId(), code.strip(), now))) {
            return new SignInResult.WrongSecondFactor();
        }
        if (!users.recordLogin(tx, tenantId, credentials, passwordHash, failures, now)) {
            return new SignInResult.WrongCredentials();
        }
        attempts.forget(tx, tenantId, persons.emailIndex(logIn.email()));
        return new SignInResult.SignedIn(sessions.open(tx, tenantId, credentials, logIn.userAgent(), now));
    }
}
