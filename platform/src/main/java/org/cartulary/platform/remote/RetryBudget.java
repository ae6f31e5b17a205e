package org.cartulary.platform.remote;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many calls to a service may be tried again: one for every ten that are made, and ten at once. While a service is in
 * trouble, trying again so adds a tenth to its load and not a multiple. Thread-safe.
 */
final class RetryBudget {

    private static final int COST = 10;
    private static final int MOST = 10 * COST;

    private final AtomicInteger tenths = new AtomicInteger(MOST);

    /** A call is made. */
    void earn() {
        tenths.updateAndGet(saved -> Math.min(saved + 1, MOST));
    }

    /** Whether one may be tried again; that costs what ten calls earn. */
    boolean spend() {
        return tenths.getAndUpdate(saved -> saved < COST ? saved : saved - COST) >= COST;
    }
}
