package org.cartulary.platform.database;

import org.jspecify.annotations.Nullable;

/**
 * What happens inside one transaction. It may be run again from its beginning after a conflict, so it must not have
 * effects outside the database; those belong into {@link Transaction#afterCommit}.
 *
 * @param <T> its answer
 */
@FunctionalInterface
public interface TransactionWork<T extends @Nullable Object> {

    /** Does the work; the transaction commits when this returns and rolls back when this throws. */
    T run(Transaction tx);
}
