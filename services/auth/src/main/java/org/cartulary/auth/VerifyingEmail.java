package org.cartulary.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;

/** Lets people show that an e-mail address is theirs. Thread-safe. */
final class VerifyingEmail {

    private final Database database;
    private final MailingTokens mailing;
    private final Clock clock;
    private final MailedTokenStore tokens = new MailedTokenStore();
    private final UserStore users = new UserStore();

    VerifyingEmail(Database database, MailingTokens mailing, Clock clock) {
        this.database = database;
        this.mailing = mailing;
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

    /** Whether the token was good: it verifies the address that it was sent to, once. */
    boolean confirm(String token) {
        UUID tenantId = RequestContext.currentTenant();
        Instant now = clock.instant();
        return database.inTransaction(tx -> {
            Optional<UUID> user = tokens.use(tx, tenantId, MailedToken.EMAIL_VERIFICATION, token, now);
            user.ifPresent(userId -> {
                users.markVerified(tx, tenantId, userId, now);
                tokens.forget(tx, tenantId, MailedToken.EMAIL_VERIFICATION, userId);
            });
            return user.isPresent();
        });
    }
}
