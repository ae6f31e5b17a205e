package org.cartulary.platform.coalescing;

import java.io.Serial;

/** One call of a batch failed, and its caller gets the cause. */
public final class CallFailedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int position;
    private final RuntimeException failure;

    /** The call at that position, from 0, among the calls of the batch failed with this. */
    public CallFailedException(int position, RuntimeException cause) {
        super("a call failed", cause, false, false);
        this.position = position;
        this.failure = cause;
    }

    /** Its place among the calls of its kind in the batch, from 0. */
    int position() {
        return position;
    }

    /** What the call's caller gets. */
    RuntimeException failure() {
        return failure;
    }
}
