package org.cartulary.platform.idempotency;

import java.util.UUID;

/** Whether a request is the first with its key. */
public sealed interface Claim<T> {

    /** It is the first; whoever claimed it completes it with an answer. */
    record Claimed<T>() implements Claim<T> {}

    /** An earlier one claimed it for a saga, which has not stored its answer yet. */
    record UnderWay<T>(UUID sagaId) implements Claim<T> {}

    /** It was answered before. */
    record Answered<T>(StoredAnswer<T> answer) implements Claim<T> {}
}
