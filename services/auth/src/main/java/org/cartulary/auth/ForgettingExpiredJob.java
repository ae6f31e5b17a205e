package org.cartulary.auth;

import org.cartulary.platform.database.Database;

/** Deletes what has expired and proves nothing any more. It bears being repeated. */
final class ForgettingExpiredJob {

    private final Database database;
    private final WithdrawnRegistrations withdrawn;

    ForgettingExpiredJob(Database database, WithdrawnRegistrations withdrawn) {
        this.database = database;
        this.withdrawn = withdrawn;
    }

    void run() {
        // Each in its own transaction, so that none holds locks for longer than it needs.
        delete("DELETE FROM login_attempts WHERE last_attempt_at < now() - interval '1 day'");
        // A used refresh token must be recognised for as long as its session could live; the tokens go with it.
        delete("DELETE FROM user_sessions WHERE expires_at < now() - interval '1 day'");
        // Longer than the longest idle time.
        delete("DELETE FROM page_sessions WHERE last_used_at < now() - interval '2 days'");
        delete("DELETE FROM password_resets WHERE expires_at < now()");
        delete("DELETE FROM email_verifications WHERE expires_at < now()");
        delete("DELETE FROM mail_requests WHERE counted_from < now() - interval '1 day'");
        // Until then an operator sees what became of a mail.
        delete("DELETE FROM outgoing_mails WHERE expires_at < now() - interval '7 days'");
        delete("DELETE FROM signing_keys WHERE verifies_until < now() - interval '1 day'");
        withdrawn.withdrawExpired();
        // Last, since it needs another service.
        withdrawn.remove();
    }

    private void delete(String sql) {
        database.asWorker(tx -> tx.jdbc().sql(sql).update());
    }
}
