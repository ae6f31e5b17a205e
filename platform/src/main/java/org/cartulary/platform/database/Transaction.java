package org.cartulary.platform.database;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An open transaction. To be used by the thread it was given to, until the work returns. */
public interface Transaction {

    /**
     * Runs statements in this transaction. Failures are Spring's {@code DataAccessException}s; after one the
     * transaction can only roll back.
     */
    JdbcClient jdbc();

    /**
     * Runs work that may fail by itself: if it throws, what it wrote and left to be done after the commit is undone, by a
     * savepoint, and the transaction goes on.
     *
     * @throws RuntimeException what the work throws
     */
    <T extends @Nullable Object> T nested(TransactionWork<T> work);

    /**
     * Has something done as soon as this transaction is committed and its connection given back, by the same thread, in
     * the order of the calls. Nothing is done after a rollback. A failure of the action is logged and changes nothing
     * for the caller, whose data is committed.
     */
    void afterCommit(Runnable action);
}
