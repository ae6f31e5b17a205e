package org.cartulary.contracts.promotion;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.money.Money;

/**
 * A line that promotions may take something off.
 *
 * @param productIds the product; of a variant its own id and that of its product
 * @param categoryIds the category of the product and those above it
 * @param quantity units, at least 1
 * @param unitPrice what one unit costs, not negative
 */
public record PromotedLine(List<UUID> productIds, List<UUID> categoryIds, int quantity, Money unitPrice) {

    public PromotedLine {
        productIds = List.copyOf(productIds);
        categoryIds = List.copyOf(categoryIds);
    }

    /** What the line costs before any discount. */
    public Money total() {
        return unitPrice.times(quantity);
    }
}
