package org.cartulary.contracts.order;

import java.util.Objects;
import java.util.UUID;
import org.cartulary.platform.money.Money;

/**
 * A line of an order that was placed.
 *
 * @param tax on top of the price
 * @param includedTax what of the price is tax
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
        Money includedTax,
        Money total) {

    /** Events of an earlier version say nothing of taxes that prices contain. */
    public PlacedLine {
        includedTax = Objects.requireNonNullElseGet(includedTax, () -> Money.zero(total.currency()));
    }

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
                line.includedTax(),
                line.total());
    }
}
