package org.cartulary.platform.coalescing;

import java.util.List;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Does the work of several calls of one kind in one transaction. It may be run again for the same calls, one by one,
 * after what it did was rolled back, so it has no effects but those in the database and those that it leaves to
 * {@link Transaction#afterCommit}.
 *
 * @param <C> what is asked
 * @param <R> what is answered
 */
@FunctionalInterface
public interface BatchWork<C, R extends @Nullable Object> {

    /**
     * Does what is asked.
     *
     * @param calls one or more, in the order in which they came, all of one tenant
     * @return the answers, in the order of the calls
     */
    List<R> run(Transaction transaction, List<Call<C>> calls);
}
