package org.cartulary.auth;

import java.time.Duration;

/** What a token that is sent by mail is good for. */
enum MailedToken {
    /** Shows that an address is its user's. */
    EMAIL_VERIFICATION("email_verifications", "ev_", MailPurpose.EMAIL_VERIFICATION, Duration.ofDays(2)),
    /** Sets a new password. */
    PASSWORD_RESET("password_resets", "pr_", MailPurpose.PASSWORD_RESET, Duration.ofHours(1)),
    /** Sets the first password of a member of staff; it is used as the one above. */
    INVITATION("password_resets", "pr_", MailPurpose.PASSWORD_RESET, Duration.ofDays(3));

    private final String table;
    private final String prefix;
    private final MailPurpose purpose;
    private final Duration life;

    MailedToken(String table, String prefix, MailPurpose purpose, Duration life) {
        this.table = table;
        this.prefix = prefix;
        this.purpose = purpose;
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

    /** For what it is counted when anybody asks for it. */
    MailPurpose purpose() {
        return purpose;
    }

    /** How long it is good. */
    Duration life() {
        return life;
    }
}
