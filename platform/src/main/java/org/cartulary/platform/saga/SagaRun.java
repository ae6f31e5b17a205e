package org.cartulary.platform.saga;

import java.util.UUID;

/**
 * Which step of which saga is being run.
 *
 * @param step counted from 0
 * @param attempt how often this step was suspended before, counted from 0
 */
public record SagaRun(UUID sagaId, int step, int attempt) {

    /** The idempotency key of the step, the same at each attempt. */
    public String key() {
        return sagaId + "/" + step;
    }
}
