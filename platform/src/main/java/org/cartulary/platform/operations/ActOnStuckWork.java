package org.cartulary.platform.operations;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator's decision about stuck work.
 *
 * @param reason why, in words for whoever asks later; 1 to 1,000 characters
 * @param version act only if it still has this version, {@code null} whatever it has
 */
public record ActOnStuckWork(
        StuckKind kind,
        UUID id,
        OperatorAct act,
        String reason,
        @Nullable Long version) {}
