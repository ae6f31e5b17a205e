package org.cartulary.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A line that a vendor sold, as it is kept; amounts are in the order's currency. */
record VendorLine(
        UUID vendorId,
        UUID orderId,
        int lineNumber,
        UUID productId,
        String sku,
        String name,
        int quantity,
        int packed,
        int sent,
        int withdrawn,
        BigDecimal unitPrice,
        BigDecimal discount,
        BigDecimal tax,
        BigDecimal includedTax,
        BigDecimal total,
        int commissionBasisPoints,
        BigDecimal commission,
        Instant soldAt) {

    /** What the customer pays for the line. */
    BigDecimal paid() {
        return total.subtract(discount).add(tax);
    }
}
