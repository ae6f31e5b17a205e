package org.cartulary.shipping;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a way to send a parcel shall be.
 *
 * @param estimatedDays working days until it arrives
 * @param freeAbove it costs nothing where the goods, after discounts, are worth at least this
 * @param pricePerKg what each kilogram above {@code firstKg} costs, in proportion; {@code null} for nothing
 * @param firstKg how many kilograms the price includes; {@code null} for none
 * @param maximumKg how heavy a parcel may be for it to be offered; {@code null} for any weight
 */
record MethodDraft(
        @NotBlank @Size(max = 100) String name,
        @Nullable @Size(max = 100) String carrier,
        @NotNull Money price,
        @Min(0) @Max(365) int estimatedDays,
        @Nullable Money freeAbove,
        @Nullable Money pricePerKg,

        @Nullable @DecimalMin("0") @Digits(integer = 6, fraction = 3) BigDecimal firstKg,

        @Nullable @DecimalMin(value = "0", inclusive = false) @Digits(integer = 6, fraction = 3) BigDecimal maximumKg) {}
