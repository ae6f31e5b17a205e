package org.cartulary.platform.coalescing;

import java.time.Duration;

/**
 * How much is taken together, and how much waits.
 *
 * @param callsPerBatch the most calls of one transaction
 * @param batchesAtOnce the most transactions at the same time, each of another tenant
 * @param callsAlone the most calls at the same time that are run alone because somebody else holds their row
 * @param callsWaitingPerTenant the most calls of one tenant that wait; more are refused
 * @param callsWaiting the most calls of all tenants that wait; more are refused
 * @param longestWait how long a call waits for its turn before it is refused
 * @param longestLockWaitInBatch how long a batch waits for a row that somebody else has locked, before its calls are told apart
 * @param longestLockWaitOfSuspects how long each call waits for such a row while they are told apart
 * @param longestLockWaitAlone how long a call that is run alone waits for such a row
 */
record CoalescingLimits(
        int callsPerBatch,
        int batchesAtOnce,
        int callsAlone,
        int callsWaitingPerTenant,
        int callsWaiting,
        Duration longestWait,
        Duration longestLockWaitInBatch,
        Duration longestLockWaitOfSuspects,
        Duration longestLockWaitAlone) {

    static final CoalescingLimits DEFAULT = new CoalescingLimits(
            64,
            4,
            4,
            1_000,
            4_000,
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofMillis(5),
            Duration.ofSeconds(5));

    CoalescingLimits {
        if (callsPerBatch < 1 || batchesAtOnce < 1 || callsAlone < 1 || callsWaitingPerTenant < 1 || callsWaiting < 1) {
            throw new IllegalArgumentException("each limit is at least 1");
        }
    }
}
