package org.cartulary.platform.http;

import java.io.Serial;

/** A token that admits nobody; answered 401 with its code. */
public final class InvalidTokenException extends RuntimeException {

    /** The code of a token that is unknown, forged, malformed or revoked. */
    public static final String INVALID = "invalid-token";

    /** The code of a token that was valid once. */
    public static final String EXPIRED = "token-expired";

    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    /** A fault with {@link #INVALID} or {@link #EXPIRED}. */
    public InvalidTokenException(String code) {
        super(EXPIRED.equals(code) ? "the token has expired" : "the token is not valid");
        this.code = code;
    }

    /** The stable code. */
    public String code() {
        return code;
    }
}
