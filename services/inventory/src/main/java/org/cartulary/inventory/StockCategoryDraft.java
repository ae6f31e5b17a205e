package org.cartulary.inventory;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.cartulary.platform.http.Legible;
import org.jspecify.annotations.Nullable;

/**
 * An inventory category as it shall be.
 *
 * @param code letters, digits, dots, dashes and underscores
 * @param reorderPoint at how many available units more of its products should be ordered, where their stock has no reorder point of its own;
 *     0 for never, which it is where it is not said
 * @param reorderQuantity how many units should then be ordered, 0 where it is not said
 */
record StockCategoryDraft(
        @NotNull @Size(min = 1, max = 64) @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._-]*") String code,

        @NotBlank @Size(max = 255) @Legible String name,

        @Nullable @Min(0) @Max(StockController.MAX_QUANTITY) Integer reorderPoint,

        @Nullable @Min(0) @Max(StockController.MAX_QUANTITY) Integer reorderQuantity) {

    String strippedName() {
        return name.strip();
    }

    int reorderPointOrNone() {
        return reorderPoint == null ? 0 : reorderPoint;
    }

    int reorderQuantityOrNone() {
        return reorderQuantity == null ? 0 : reorderQuantity;
    }
}
