package org.cartulary.platform.events;

import java.time.Duration;

/**
 * How a relay works.
 *
 * @param lease how long it holds a partition without renewing the lease, which it does after a third of that
 * @param poll how often it looks for events that other processes wrote
 * @param gathering how long it waits for each event of a batch before it begins the next, unless more events wait than a batch
 *     takes: what comes meanwhile is delivered together, which costs everybody less. So the busier it is the longer it waits,
 *     and the few events of a shop that is hardly used wait for nobody
 * @param longestGathering how long at most from the beginning of one batch to that of the next
 */
record RelaySettings(Duration lease, Duration poll, Duration gathering, Duration longestGathering) {

    static final RelaySettings DEFAULT = new RelaySettings(
            Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofMillis(200));

    /** How long from the beginning of a batch of so many events to that of the next. */
    Duration gatheringAfter(int events) {
        Duration all = gathering.multipliedBy(events);
        return all.compareTo(longestGathering) < 0 ? all : longestGathering;
    }

    long renewAfterNanos() {
        return lease.toNanos() / 3;
    }

    /** So long before the end of a lease nothing new is begun. */
    long marginNanos() {
        return lease.toNanos() / 15;
    }
}
