package org.cartulary.postgres;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a state of another process, which can only be observed by looking again and again. */
final class Polling {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Polling() {}

    /** Returns whether the condition became true in time. */
    static boolean until(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            pause(PAUSE);
        }
        return true;
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Interrupted while waiting for PostgreSQL", interrupted);
        }
    }
}
