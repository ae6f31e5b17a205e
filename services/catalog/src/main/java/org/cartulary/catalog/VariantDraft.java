package org.cartulary.catalog;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.Map;
import org.cartulary.platform.http.Legible;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A variant as a shop describes it.
 *
 * @param options the choice of each option, by the option's name
 * @param price its own price; what the product costs where it is left out
 * @param compareAtPrice only along with a price of its own
 * @param weightKg what the product weighs where it is left out
 * @param status active where it is left out
 */
record VariantDraft(
        @NotBlank @Size(max = 255) @Legible String sku,
        @NotEmpty Map<String, @NotNull String> options,
        @Nullable Money price,
        @Nullable Money compareAtPrice,

        @Nullable @DecimalMin("0") @Digits(integer = 6, fraction = 3) BigDecimal weightKg,

        @Nullable @Pattern(regexp = "draft|active|archived") String status) {

    VariantDraft {
        status = status == null ? "active" : status;
    }
}
