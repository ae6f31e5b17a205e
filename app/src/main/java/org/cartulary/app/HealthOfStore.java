package org.cartulary.app;

import org.cartulary.platform.operations.OutsideStore;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether a store besides the databases answers. Thread-safe. */
final class HealthOfStore extends AbstractHealthIndicator {

    private final OutsideStore store;

    HealthOfStore(OutsideStore store) {
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        store.requireReachable();
        builder.up();
    }
}
