package org.cartulary.shipping;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.jspecify.annotations.Nullable;

/**
 * What a rate of tax shall be.
 *
 * @param country ISO 3166-1 alpha-2, or {@code *} for everywhere else
 * @param state a state or province of the country, {@code null} for all of it
 * @param percent 19 is 19 %
 * @param validFrom {@code null} for ever since
 * @param validUntil when it ends, {@code null} for until further notice
 */
record TaxRateDraft(
        @NotNull @Size(max = 2) String country,

        @Nullable @Size(max = 100) @Pattern(regexp = "(?s).*\\S.*")
        String state,

        @NotNull @Pattern(regexp = CatalogProduct.TAX_CATEGORY) String category,

        @NotBlank @Size(max = 100) String name,

        @NotNull @DecimalMin("0") @DecimalMax("100") @Digits(integer = 3, fraction = 4) BigDecimal percent,

        @Nullable Instant validFrom,
        @Nullable Instant validUntil) {}
