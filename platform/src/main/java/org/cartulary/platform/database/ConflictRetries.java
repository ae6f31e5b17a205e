package org.cartulary.platform.database;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Decides whether a failed transaction is tried again, and when. */
final class ConflictRetries {

    private static final int MOST_RETRIES = 5;
    private static final long FIRST_PAUSE_MICROS = 4_000;
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";

    private final Counter serializationFailures;
    private final Counter deadlocks;

    ConflictRetries(String service, MeterRegistry meters) {
        this.serializationFailures = counter(service, "serialization", meters);
        this.deadlocks = counter(service, "deadlock", meters);
    }

    private static Counter counter(String service, String reason, MeterRegistry meters) {
        return Counter.builder("cartulary.database.retries")
                .description("Transactions that were run again because they met another one")
                .tag("service", service)
                .tag("reason", reason)
                .register(meters);
    }

    /**
     * Waits before the next attempt: on average 3, 6, 12, 24 and 48 ms, spread at random so that those who met once do not
     * meet again.
     *
     * @param retries how many there were before this one
     * @return false if the failure is not a conflict, there were enough retries, or the thread is interrupted
     */
    boolean pauseBeforeRetry(int retries, RuntimeException failure) {
        Counter counter = counterOf(failure);
        if (counter == null || retries >= MOST_RETRIES) {
            return false;
        }
        long longest = FIRST_PAUSE_MICROS << retries;
        try {
            Thread.sleep(Duration.ofNanos(1_000 * ThreadLocalRandom.current().nextLong(longest / 2, longest)));
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
        counter.increment();
        return true;
    }

    private @Nullable Counter counterOf(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException conflict) {
                if (SERIALIZATION_FAILURE.equals(conflict.getSQLState())) {
                    return serializationFailures;
                }
                return DEADLOCK.equals(conflict.getSQLState()) ? deadlocks : null;
            }
        }
        return null;
    }
}
