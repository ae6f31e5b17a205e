package org.cartulary.platform.http;

import java.io.IOException;
import java.io.Serial;
import org.springframework.http.HttpStatus;

/** A body with more bytes than this installation takes. */
final class RequestTooLargeException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    RequestTooLargeException(int maxBytes) {
        super("the body of a request has at most " + maxBytes + " bytes");
    }

    ProblemException problem() {
        return ProblemException.of(HttpStatus.CONTENT_TOO_LARGE, "request-too-large", String.valueOf(getMessage()));
    }
}
