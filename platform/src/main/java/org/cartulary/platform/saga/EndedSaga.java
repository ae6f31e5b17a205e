package org.cartulary.platform.saga;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A saga that comes to its end.
 *
 * @param code why a step was refused, {@code null} where all were done
 * @param detail the same for people
 */
public record EndedSaga<S>(
        UUID sagaId,
        S state,
        SagaEndStatus status,
        @Nullable String code,
        @Nullable String detail) {}
