package org.cartulary.app.client;

import java.io.Serial;

/** The platform answered with a problem, or not at all. */
public final class ApiException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /** A failure with an HTTP status, 0 where there was no answer, a stable code and words for people. */
    public ApiException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status, 0 where there was no answer. */
    public int status() {
        return status;
    }

    /** The problem's code. */
    public String code() {
        return code;
    }
}
