package org.cartulary.platform.events;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that double from half a second to 30 seconds, shortened by up to half at random. Thread-safe. */
final class Backoff {

    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 30_000;

    private long millis = FIRST_MILLIS;

    /** How long to wait now. */
    synchronized Duration next() {
        long wait = millis;
        millis = Math.min(LONGEST_MILLIS, millis * 2);
        return Duration.ofMillis(wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2));
    }

    /** Begins anew, since it went well. */
    synchronized void reset() {
        millis = FIRST_MILLIS;
    }
}
