package org.cartulary.auth;

import java.time.Duration;

/** What a token that is sent by mail is good for. */
enum MailedToken {
    /** Shows that an address is its user's. */
    EMAIL_VERIFICATION("email_verifications", "ev_", Duration.ofDays(2)),
    /** Sets a new password. */
    PASSWORD_RESET("password_resets", "pr_", Duration.ofHours(1));

    private final String table;
    private final String prefix;
    private final Duration life;

    MailedToken(String table, String prefix, Duration life) {
        this.table = table;
        this.prefix = prefix;
        this.life = life;
    }

    /** Where its hashes are kept. */
    String table() {
        return table;
    }

    /** How its text begins, so that people and programs see what it is. */
    String prefix() {
        return prefix;
    }

    /** How long it is good. */
    Duration life() {
        return life;
    }
}
