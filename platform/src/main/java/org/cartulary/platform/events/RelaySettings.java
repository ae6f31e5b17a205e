package org.cartulary.platform.events;

import java.time.Duration;

/**
 * How a relay works.
 *
 * @param lease how long it holds a partition without renewing the lease, which it does after a third of that
 * @param poll how often it looks for events that other processes wrote
 */
record RelaySettings(Duration lease, Duration poll) {

    static final RelaySettings DEFAULT = new RelaySettings(Duration.ofSeconds(30), Duration.ofSeconds(1));

    long renewAfterNanos() {
        return lease.toNanos() / 3;
    }

    /** So long before the end of a lease nothing new is begun. */
    long marginNanos() {
        return lease.toNanos() / 15;
    }
}
