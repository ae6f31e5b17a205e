package org.cartulary.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A pool that lends its connections in the order in which they were asked for. Left to itself HikariCP lends to whoever comes at
 * the right moment, so that somebody may wait until the limit while others come again and again, and threads that give back while
 * others wait keep their processors busy (its issues 2192 and 2398). Thread-safe.
 */
final class FairPool implements AutoCloseable {

    /** How long anybody waits for a turn, and how long then for a connection that has to be opened first. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final HikariDataSource pool;
    private final Semaphore turns;

    private FairPool(HikariDataSource pool, int size) {
        this.pool = pool;
        this.turns = new Semaphore(size, true);
    }

    /**
     * So many connections of a pool that is not in use yet.
     *
     * @param idle how many of them stay open while nobody needs them
     */
    static FairPool of(HikariDataSource pool, int size, int idle, MeterRegistry meters) {
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(idle);
        pool.setConnectionTimeout(LONGEST_WAIT.toMillis());
        FairPool fair = new FairPool(pool, size);
        Gauge.builder("cartulary.connections.waiting", fair.turns, Semaphore::getQueueLength)
                .description("Who waits for a connection")
                .tag("pool", pool.getPoolName())
                .register(meters);
        return fair;
    }

    /** A connection until {@link #close}. */
    record Lent(Connection connection, Semaphore turns) implements AutoCloseable {

        @Override
        public void close() throws SQLException {
            try {
                connection.close();
            } finally {
                turns.release();
            }
        }
    }

    /**
     * Lends a connection.
     *
     * @throws SQLTransientConnectionException if none becomes free in five seconds, or none can be opened in five more
     */
    Lent lend() throws SQLException {
        awaitTurn();
        try {
            return new Lent(pool.getConnection(), turns);
        } catch (Throwable failure) {
            turns.release();
            throw failure;
        }
    }

    private void awaitTurn() throws SQLTransientConnectionException {
        try {
            if (turns.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for " + pool.getPoolName(), e);
        }
        throw new SQLTransientConnectionException(
                "no connection of " + pool.getPoolName() + " became free in " + LONGEST_WAIT.toSeconds() + " s");
    }

    /** How many wait for their turn. */
    int waiting() {
        return turns.getQueueLength();
    }

    /** The pool itself, for libraries that manage their transactions themselves; they have to wait behind everybody else. */
    HikariDataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
