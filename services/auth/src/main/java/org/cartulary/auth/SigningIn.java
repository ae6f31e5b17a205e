package org.cartulary.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * Logs people in. An attempt is counted before the password is looked at, and forgotten when it was right: so no more than
 * {@link LoginAttemptStore#MAX_ATTEMPTS} passwords are tried however many arrive at once. An address without an account
 * is counted and locked alike, and takes as long. Thread-safe.
 */
final class SigningIn {

    private final Database database;
    private final Passwords passwords;
    private final Clock clock;
    private final UserStore users = new UserStore();
    private final LoginAttemptStore attempts = new LoginAttemptStore();
    private final SessionStore sessions = new SessionStore();

    SigningIn(Database database, Passwords passwords, Clock clock) {
        this.database = database;
        this.passwords = passwords;
        this.clock = clock;
    }

    private record Attempt(
            int number,
            @Nullable Instant lockedUntil,
            @Nullable Credentials credentials) {}

    /**
     * Logs somebody in, and keeps a stronger hash of the password where that of the account is weaker than today's.
     *
     * @param userAgent the program that they use, as it names itself
     */
    SignInResult signIn(String email, String password, @Nullable String userAgent) {
        UUID tenantId = RequestContext.currentTenant();
        Instant now = clock.instant();
        String emailHash = EmailAddresses.hash(email);
        Attempt attempt = database.inTransaction(tx -> {
            int number = attempts.claim(tx, tenantId, emailHash, now);
            Instant lockedUntil = number == 0 ? attempts.lockedUntil(tx, tenantId, emailHash, now) : null;
            return new Attempt(number, lockedUntil, users.findCredentials(tx, tenantId, email.strip()));
        });
        if (attempt.lockedUntil() != null) {
            return new SignInResult.TooManyAttempts(Duration.between(now, attempt.lockedUntil()));
        }
        Credentials credentials = attempt.credentials();
        boolean right = passwords.matches(password, credentials == null ? null : credentials.passwordHash());
        if (!right || credentials == null) {
            return new SignInResult.WrongCredentials();
        }
        String passwordHash = passwords.isWeakerThanToday(credentials.passwordHash())
                ? passwords.hash(password)
                : credentials.passwordHash();
        return database.inTransaction(tx -> {
            if (!users.recordLogin(tx, tenantId, credentials, passwordHash, attempt.number() - 1, now)) {
                return new SignInResult.WrongCredentials();
            }
            attempts.forget(tx, tenantId, emailHash);
            return new SignInResult.SignedIn(sessions.open(tx, tenantId, credentials, userAgent, now));
        });
    }
}
