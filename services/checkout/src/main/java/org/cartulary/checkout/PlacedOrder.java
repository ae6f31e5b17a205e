package org.cartulary.checkout;

import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The order that a completion has placed, or is placing.
 *
 * @param orderNumber {@code null} while it is PENDING
 * @param status CONFIRMED, or PENDING while the outcome is unknown
 */
record PlacedOrder(UUID orderId, @Nullable String orderNumber, String status, Money total) {

    static PlacedOrder pending(UUID orderId, Money total) {
        return new PlacedOrder(orderId, null, "PENDING", total);
    }
}
