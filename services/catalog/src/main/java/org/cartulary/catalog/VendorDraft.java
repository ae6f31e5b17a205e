package org.cartulary.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.cartulary.platform.http.Legible;

/**
 * A vendor as the shop admits it, or wants it to be from now on.
 *
 * @param commissionBasisPoints what the shop keeps of each sale, in hundredths of a percent
 */
record VendorDraft(
        @NotBlank @Size(max = 255) @Legible String name,

        @NotNull @Min(0) @Max(10_000) Integer commissionBasisPoints) {}
