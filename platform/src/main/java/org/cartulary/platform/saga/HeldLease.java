package org.cartulary.platform.saga;

import java.time.Duration;

/** A lease that this process holds while it runs a saga. Thread-safe. */
final class HeldLease {

    private final SagaStore.Lease lease;
    private final Duration length;
    private volatile long renewedAtNanos;
    private volatile boolean lost;

    /**
     * A lease that was just taken.
     *
     * @param takenAtNanos by {@link System#nanoTime()}, measured before the lease was written
     */
    HeldLease(SagaStore.Lease lease, Duration length, long takenAtNanos) {
        this.lease = lease;
        this.length = length;
        this.renewedAtNanos = takenAtNanos;
    }

    SagaStore.Lease lease() {
        return lease;
    }

    Duration length() {
        return length;
    }

    /** Whether it was last prolonged longer ago than that. */
    boolean isOlderThan(Duration age) {
        return System.nanoTime() - renewedAtNanos > age.toNanos();
    }

    /** It was prolonged by a statement that began then. */
    void renewed(long atNanos) {
        renewedAtNanos = atNanos;
    }

    /** The database says that it is another's. */
    void lose() {
        lost = true;
    }

    /**
     * Makes sure that it is not known to be another's. What is written is checked by the database besides.
     *
     * @throws LostLeaseException if it is
     */
    void requireHeld() {
        if (lost) {
            throw new LostLeaseException(lease.sagaId());
        }
    }
}
