package org.cartulary.contracts.order;

import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.catalog.VendorShare;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A line of an order, with everything as it was when the order was placed.
 *
 * @param tax on top of the price
 * @param includedTax what of the price is tax
 * @param total unit price times quantity, before discount and tax
 * @param vendor whose the product is, with what the shop keeps of this sale; {@code null} for the shop's own
 */
public record OrderLine(
        UUID productId,
        String sku,
        String name,
        @Nullable String imageUrl,
        int quantity,
        Money unitPrice,
        Money discount,
        Money tax,
        Money includedTax,
        Money total,
        @Nullable VendorShare vendor) {

    /** Processes of an earlier version say nothing of taxes that prices contain. */
    public OrderLine {
        includedTax = Objects.requireNonNullElseGet(includedTax, () -> Money.zero(total.currency()));
    }
}
