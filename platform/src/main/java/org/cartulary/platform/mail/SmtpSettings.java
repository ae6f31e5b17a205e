package org.cartulary.platform.mail;

import org.jspecify.annotations.Nullable;

/**
 * How to reach the mail server.
 *
 * @param host its name
 * @param port 587 for submission (RFC 6409), 465 with {@link Encryption#TLS}
 * @param encryption how the connection is protected
 * @param user who logs in, {@code null} where nobody has to
 * @param password the user's password
 */
public record SmtpSettings(
        String host,
        int port,
        Encryption encryption,
        @Nullable String user,
        @Nullable String password) {

    /** How a connection to the mail server is protected. */
    public enum Encryption {
        /** By STARTTLS, or no mail is sent. */
        STARTTLS,
        /** From its first byte. */
        TLS,
        /** Not at all: for a server on the same machine only. */
        NONE
    }

    public SmtpSettings {
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("a mail server takes a user with a password, or neither");
        }
    }

    /** Leaves out who logs in. */
    @Override
    public String toString() {
        return "SmtpSettings[host=" + host + ", port=" + port + ", encryption=" + encryption + "]";
    }
}
