package org.cartulary.platform.saga;

/** How a step went. */
public sealed interface StepResult<S> {

    /** It was done; the saga goes on with this state. */
    record Done<S>(S state) implements StepResult<S> {}

    /**
     * It will never be done, and had no effect; the earlier steps are undone in reverse order.
     *
     * @param code a stable code for programs
     * @param detail a sentence for people
     */
    record Refused<S>(S state, String code, String detail) implements StepResult<S> {}

    /** Its outcome is unknown, or it cannot be done now; it is run again later, on any node. */
    record Retry<S>(String why) implements StepResult<S> {}
}
