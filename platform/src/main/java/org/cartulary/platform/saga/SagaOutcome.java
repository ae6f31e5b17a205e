package org.cartulary.platform.saga;

import java.util.UUID;

/** How far a saga came. */
public sealed interface SagaOutcome<S> {

    /** Every step was done, and the end is written. */
    record Completed<S>(S state) implements SagaOutcome<S> {}

    /** A step was refused, everything before it was undone, and the end is written. */
    record Compensated<S>(S state, String code, String detail) implements SagaOutcome<S> {}

    /** It is not at its end; a recovery, here or on another node, brings it there. */
    record Pending<S>(UUID sagaId) implements SagaOutcome<S> {}
}
