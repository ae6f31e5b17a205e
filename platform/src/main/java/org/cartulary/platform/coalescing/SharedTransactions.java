package org.cartulary.platform.coalescing;

import org.cartulary.platform.database.TransactionWork;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that may be those of others too: work that comes while others are at it is done with the work of others, one
 * after another, and committed with it. To be used instead of {@link org.cartulary.platform.database.Database#inTransaction}
 * for short work of which there is much. Thread-safe.
 *
 * <p>The work runs on another thread, as the platform itself, with the tenant and the trace of its caller; it may be run again
 * after a rollback. What it throws its caller gets, and nobody else fails for it.
 */
public final class SharedTransactions {

    private final Coalescer<TransactionWork<?>, @Nullable Object> coalescer;

    SharedTransactions(Coalescing coalescing, String name) {
        this.coalescer = coalescing.oneByOne(name, (transaction, work) -> work.run(transaction));
    }

    /**
     * Does the work and answers after the commit.
     *
     * @throws org.cartulary.platform.http.ProblemException 503 {@code overloaded} as {@link Coalescer#call}
     * @throws RuntimeException what the work throws
     */
    @SuppressWarnings("unchecked") // the answer is that of the work
    public <T extends @Nullable Object> T run(TransactionWork<T> work) {
        return (T) coalescer.call(work);
    }
}
