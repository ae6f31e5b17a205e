package org.cartulary.app;

import java.io.Serial;

/** Something about the installation stands in the way; the message says what, and what to do about it. */
public final class InstallationException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** A message for whoever typed the command. */
    public InstallationException(String message) {
        super(message);
    }

    /** A message for whoever typed the command, with its cause for the log. */
    public InstallationException(String message, Throwable cause) {
        super(message, cause);
    }
}
