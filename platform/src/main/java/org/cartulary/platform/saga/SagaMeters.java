package org.cartulary.platform.saga;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What is counted of one type of sagas. */
final class SagaMeters {

    private final Counter completed;
    private final Counter compensated;
    private final Counter suspended;
    private final Counter failed;
    private final Counter recovered;
    private final Counter lostLeases;

    SagaMeters(MeterRegistry meters, String type) {
        completed = meters.counter("cartulary.saga.completed", "saga", type);
        compensated = meters.counter("cartulary.saga.compensated", "saga", type);
        suspended = meters.counter("cartulary.saga.suspended", "saga", type);
        failed = meters.counter("cartulary.saga.failed", "saga", type);
        recovered = meters.counter("cartulary.saga.recovered", "saga", type);
        lostLeases = meters.counter("cartulary.saga.lost.leases", "saga", type);
    }

    void ended(SagaEndStatus status) {
        (status == SagaEndStatus.COMPLETED ? completed : compensated).increment();
    }

    void suspended() {
        suspended.increment();
    }

    void failed() {
        failed.increment();
    }

    void recovered() {
        recovered.increment();
    }

    void lostLease() {
        lostLeases.increment();
    }
}
