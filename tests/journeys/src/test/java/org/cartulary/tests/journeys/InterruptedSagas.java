package org.cartulary.tests.journeys;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.cartulary.platform.saga.SagaListener;
import org.jspecify.annotations.Nullable;

/**
 * Lives in the platform of these tests, found by the service loader: when the next saga passes a point it does, once, what a test
 * wants to happen right there, and the saga goes on afterwards. Thread-safe; one test at a time.
 */
public final class InterruptedSagas implements SagaListener {

    private record Plan(String sagaType, String point, Runnable interruption) {}

    private static final AtomicReference<@Nullable Plan> PLAN = new AtomicReference<>();

    /** What is to happen when a saga of the type passes the point for the first time from now on. */
    static void at(String sagaType, String point, Runnable interruption) {
        PLAN.set(new Plan(sagaType, point, interruption));
    }

    /** Whether what was planned has happened. */
    static boolean happened() {
        return PLAN.get() == null;
    }

    @Override
    public void reached(String sagaType, UUID sagaId, String point) {
        Plan plan = PLAN.get();
        if (plan != null
                && plan.sagaType().equals(sagaType)
                && plan.point().equals(point)
                && PLAN.compareAndSet(plan, null)) {
            plan.interruption().run();
        }
    }
}
