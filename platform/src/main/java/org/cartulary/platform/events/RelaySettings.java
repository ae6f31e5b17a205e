package org.cartulary.platform.events;

import java.time.Duration;

/**
 * How a relay works.
 *
 * @param lease how long it holds a partition without renewing the lease, which it does after a third of that
 * @param poll how often it looks for events that other processes wrote
 * @param gathering how long at least from the beginning of one batch to that of the next, unless more events wait than a batch
 *     takes: what comes meanwhile is delivered together, which costs everybody less
 */
record RelaySettings(Duration lease, Duration poll, Duration gathering) {

    static final RelaySettings DEFAULT =
            new RelaySettings(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMillis(50));

    long renewAfterNanos() {
        return lease.toNanos() / 3;
    }

    /** So long before the end of a lease nothing new is begun. */
    long marginNanos() {
        return lease.toNanos() / 15;
    }
}
