package org.cartulary.operations;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.audit.AuditAnchor;
import org.jspecify.annotations.Nullable;

/**
 * Asks for all chains to be read.
 *
 * @param anchors ends of chains that were kept outside
 */
record AuditVerificationRequest(
        @Nullable @Size(max = 10_000) List<@NotNull @Valid Anchor> anchors) {

    /** The end of a chain as it was answered once. */
    record Anchor(
            @NotNull @Size(max = 50) String service,
            @NotNull UUID tenantId,
            @Min(0) long number,

            @NotNull @Pattern(regexp = "[0-9a-f]{64}") String hash) {}

    List<AuditAnchor> kept() {
        return anchors == null
                ? List.of()
                : anchors.stream()
                        .map(anchor ->
                                new AuditAnchor(anchor.service(), anchor.tenantId(), anchor.number(), anchor.hash()))
                        .toList();
    }
}
