package org.cartulary.contracts.inventory;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reserves stock for an order.
 *
 * @param orderId the order, which also is the key under which the call may be repeated
 * @param customerId who buys, {@code null} for a guest
 * @param lines the products, each at most once, with quantities of at least 1
 * @param minutes after how many minutes the reservation expires
 * @param maximumOpenPerProduct how many open reservations of one product the customer may have, this one included
 */
public record ReserveStock(
        UUID orderId, @Nullable UUID customerId, List<StockLine> lines, int minutes, int maximumOpenPerProduct) {}
