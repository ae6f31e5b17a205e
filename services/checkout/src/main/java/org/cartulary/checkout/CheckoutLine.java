package org.cartulary.checkout;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.catalog.VendorShare;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A line of a checkout, as it was when the checkout was opened.
 *
 * @param unitPrice in the checkout's currency
 * @param priceOverridden whether the caller set the price, so that the catalogue's does not matter
 * @param vendor whose the product is and what the shop keeps of the sale; {@code null} for the shop's own
 * @param categoryIds the category of the product and those above it; {@code null} in a checkout that an earlier version opened
 */
record CheckoutLine(
        UUID productId,
        String sku,
        String name,
        @Nullable String imageUrl,
        int quantity,
        BigDecimal unitPrice,
        boolean priceOverridden,
        @Nullable VendorShare vendor,
        @Nullable List<UUID> categoryIds) {

    Money price(Currency currency) {
        return Money.of(unitPrice, currency);
    }

    Money total(Currency currency) {
        return price(currency).times(quantity);
    }
}
