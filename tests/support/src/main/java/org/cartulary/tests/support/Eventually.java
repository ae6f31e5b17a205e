package org.cartulary.tests.support;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads and processes do. */
public final class Eventually {

    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    private Eventually() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @throws AssertionError if it does not in this time
     */
    public static void holds(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("after " + limit.toSeconds() + " s still not: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /**
     * Returns as soon as there is nothing of the kind any more.
     *
     * @throws AssertionError with what there still is, if this time has passed
     */
    public static void isEmpty(String what, Duration limit, Supplier<? extends Collection<?>> rest) {
        long end = System.nanoTime() + limit.toNanos();
        for (Collection<?> still = rest.get(); !still.isEmpty(); still = rest.get()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("after " + limit.toSeconds() + " s there are still " + what + ": " + still);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
