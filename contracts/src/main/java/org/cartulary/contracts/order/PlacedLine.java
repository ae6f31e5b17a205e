package org.cartulary.contracts.order;

import java.util.UUID;
import org.cartulary.platform.money.Money;

/**
 * A line of an order that was placed.
 *
 * @param total unit price times quantity, before discount and tax
 */
public record PlacedLine(
        UUID productId,
        String sku,
        String name,
        int quantity,
        Money unitPrice,
        Money discount,
        Money tax,
        Money total) {

    /** The line as it was ordered. */
    public static PlacedLine of(OrderLine line) {
        return new PlacedLine(
                line.productId(),
                line.sku(),
                line.name(),
                line.quantity(),
                line.unitPrice(),
                line.discount(),
                line.tax(),
                line.total());
    }
}
