package org.cartulary.platform.coalescing;

import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Does the work of one call in a transaction that it may share with others. It may be run again after that transaction was
 * rolled back, so it has no effects but those in the database and those that it leaves to {@link Transaction#afterCommit}.
 *
 * @param <C> what is asked
 * @param <R> what is answered
 */
@FunctionalInterface
interface CallWork<C, R extends @Nullable Object> {

    /** Does what is asked, under the trace of the caller, as the platform itself. */
    R run(Transaction transaction, C command);
}
