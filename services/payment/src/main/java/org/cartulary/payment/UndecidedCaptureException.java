package org.cartulary.payment;

import java.io.Serial;

/** The money of a payment could not be taken now. The wish to take it is written down, and a job goes on with it. */
final class UndecidedCaptureException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1L;

    UndecidedCaptureException(String message) {
        super(message);
    }
}
