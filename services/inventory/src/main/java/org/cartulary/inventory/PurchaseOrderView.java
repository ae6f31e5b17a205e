package org.cartulary.inventory;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * Goods that were ordered from a supplier.
 *
 * @param number the shop's, used once, ever
 * @param expectedOn the last day, in UTC, on which all of it is in time
 */
record PurchaseOrderView(
        UUID id,
        String number,
        UUID supplierId,
        String warehouse,
        LocalDate expectedOn,
        Instant orderedAt,
        List<Line> lines) {

    /**
     * Units of a product.
     *
     * @param received how many of them have come; more than {@code quantity} where somebody accepted a surplus
     */
    record Line(UUID productId, int quantity, int received) {}
}
