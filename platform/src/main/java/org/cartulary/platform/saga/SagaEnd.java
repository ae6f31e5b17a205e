package org.cartulary.platform.saga;

import java.util.UUID;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** What is written in the transaction that ends a saga. Implementations are thread-safe. */
@FunctionalInterface
public interface SagaEnd<S> {

    /**
     * Writes the end. It takes effect once. If it throws, nothing of the transaction stays and the end is tried again.
     *
     * @param code why a step was refused, {@code null} where all were done
     * @param detail the same for people
     */
    void apply(
            Transaction tx, UUID sagaId, S state, SagaEndStatus status, @Nullable String code, @Nullable String detail);
}
