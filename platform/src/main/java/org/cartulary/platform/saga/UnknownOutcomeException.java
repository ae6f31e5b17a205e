package org.cartulary.platform.saga;

import java.io.Serial;
import org.cartulary.platform.http.PassingFault;

/**
 * Nobody knows yet what became of something, or it cannot be done now. A step, and above all a compensation, which has no
 * other way to say so, throws it to be run again later: such a failure counts as a passing one, for about a day.
 */
public final class UnknownOutcomeException extends RuntimeException implements PassingFault {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What nobody knows yet, in a sentence. */
    public UnknownOutcomeException(String message) {
        super(message);
    }
}
