package org.cartulary.checkout;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A line of a checkout, as it was when the checkout was opened.
 *
 * @param unitPrice in the checkout's currency
 * @param priceOverridden whether the caller set the price, so that the catalogue's does not matter
 */
record CheckoutLine(
        UUID productId,
        String sku,
        String name,
        @Nullable String imageUrl,
        int quantity,
        BigDecimal unitPrice,
        boolean priceOverridden) {

    Money price(Currency currency) {
        return Money.of(unitPrice, currency);
    }

    Money total(Currency currency) {
        return price(currency).times(quantity);
    }
}
