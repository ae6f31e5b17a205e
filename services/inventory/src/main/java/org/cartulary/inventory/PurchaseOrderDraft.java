package org.cartulary.inventory;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Goods to be ordered from a supplier.
 *
 * @param number the shop's, used once, ever
 * @param warehouse the name of the one that shall receive them
 * @param expectedOn the last day, in UTC, on which all of it is in time; where it is not said, today and the supplier's lead time
 * @param lines 1 to 1,000, each of another product
 */
record PurchaseOrderDraft(
        @NotBlank @Size(max = 64) @Pattern(regexp = "\\P{Cntrl}*") String number,

        @NotNull UUID supplierId,

        @NotBlank @Size(max = 100) String warehouse,

        @Nullable LocalDate expectedOn,

        @NotNull @Size(min = 1, max = 1000) List<@NotNull @Valid Goods> lines) {

    /** Units of a product. */
    record Goods(
            @NotNull UUID productId,

            @NotNull @Min(1) @Max(StockController.MAX_QUANTITY) Integer quantity) {}
}
