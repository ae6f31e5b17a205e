package org.cartulary.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.catalog.ChosenOption;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A variant of a product. Carts, stock and orders know it by its id.
 *
 * @param name its choices, as people read them
 * @param price what it costs, by itself or as its product
 * @param lowestPriceOf30Days where the price is reduced, the lowest of the 30 days before, where one is known
 * @param ownPrice whether the price is its own
 * @param weightKg what it weighs, by itself or as its product
 * @param ownWeightKg what it weighs by itself; not shown
 */
record VariantView(
        UUID id,
        String sku,
        String name,
        List<ChosenOption> options,
        Money price,
        @Nullable Money compareAtPrice,
        @Nullable Money lowestPriceOf30Days,
        boolean ownPrice,
        @Nullable BigDecimal weightKg,
        @JsonIgnore @Nullable BigDecimal ownWeightKg,
        String status) {

    /** Whether the weight is its own. */
    @JsonProperty
    boolean ownWeight() {
        return ownWeightKg != null;
    }
}
