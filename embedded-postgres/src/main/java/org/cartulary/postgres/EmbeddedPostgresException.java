package org.cartulary.postgres;

import org.jspecify.annotations.Nullable;

/** A fault while preparing, starting or stopping the embedded server; the message says what to do about it. */
public class EmbeddedPostgresException extends RuntimeException {
    public EmbeddedPostgresException(String message) {
        super(message);
    }

    public EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
