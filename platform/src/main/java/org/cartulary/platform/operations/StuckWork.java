package org.cartulary.platform.operations;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is stuck.
 *
 * @param service in whose database it is
 * @param type the type of the saga, or the name of the event
 * @param since when it began
 * @param attempts how often its current step, or its delivery, has failed
 * @param error what it failed with last
 * @param nextAttemptAt before this time it is not tried again
 * @param step the step at which a saga stands, counted from 0; {@code null} for events
 * @param undoing whether a saga is being undone
 * @param version changes whenever it changes hands or an operator acts
 * @param acts what an operator can do now
 * @param steps what is noted of the steps of a saga; empty for events
 */
public record StuckWork(
        String service,
        StuckKind kind,
        UUID id,
        UUID tenantId,
        String type,
        StuckState state,
        Instant since,
        int attempts,
        @Nullable String error,
        Instant nextAttemptAt,
        @Nullable Integer step,
        boolean undoing,
        long version,
        Set<OperatorAct> acts,
        List<Step> steps) {

    StuckWork withSteps(List<Step> noted) {
        return new StuckWork(
                service,
                kind,
                id,
                tenantId,
                type,
                state,
                since,
                attempts,
                error,
                nextAttemptAt,
                step,
                undoing,
                version,
                acts,
                noted);
    }

    /**
     * What is noted of a step of a saga.
     *
     * @param status {@code completed}, {@code pending}, {@code running} (being undone), {@code failed} or {@code compensated}
     */
    public record Step(
            int number,
            String name,
            String status,
            @Nullable String error) {}
}
