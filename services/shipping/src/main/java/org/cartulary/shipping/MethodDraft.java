package org.cartulary.shipping;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a way to send a parcel shall be.
 *
 * @param estimatedDays working days until it arrives
 * @param freeAbove it costs nothing where the goods are worth at least this
 */
record MethodDraft(
        @NotBlank @Size(max = 100) String name,
        @Nullable @Size(max = 100) String carrier,
        @NotNull Money price,
        @Min(0) @Max(365) int estimatedDays,
        @Nullable Money freeAbove) {}
