package org.cartulary.order;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.privacy.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * The state of the saga {@code refund-order}, whose id also is the refund's.
 *
 * @param amount what is claimed for it, and given back
 * @param reason a code
 * @param restock what came back, may be empty
 * @param paymentStatus of the payment after the refund, {@code null} before
 * @param restockStatus RESTOCKED or REFUSED, {@code null} where nothing was restocked
 */
record OrderRefund(
        UUID orderId,
        Money amount,
        String reason,
        List<StockLine> restock,
        @Nullable String paymentStatus,
        @Nullable String restockStatus) {

    OrderRefund {
        // One that was begun by an earlier version holds what somebody wrote.
        reason = ReasonCode.orUnspecified(reason);
    }

    OrderRefund withPaymentStatus(String status) {
        return new OrderRefund(orderId, amount, reason, restock, status, restockStatus);
    }

    OrderRefund withRestockStatus(String status) {
        return new OrderRefund(orderId, amount, reason, restock, paymentStatus, status);
    }
}
