package org.cartulary.operations;

import java.util.List;
import java.util.Set;
import org.cartulary.contracts.checkout.CheckoutFact;
import org.cartulary.contracts.inventory.ReservationFact;
import org.cartulary.contracts.order.OrderFact;
import org.cartulary.contracts.payment.PaymentFact;
import org.cartulary.contracts.promotion.PromotionFact;
import org.jspecify.annotations.Nullable;

/** All that the services know of one order. */
record OrderRecords(
        OrderKey key,
        @Nullable OrderFact order,
        List<PaymentFact> payments,
        @Nullable ReservationFact reservation,
        @Nullable CheckoutFact saga,
        @Nullable PromotionFact promotions) {

    private static final Set<String> ORDERS_CONFIRMED =
            Set.of("CONFIRMED", "PROCESSING", "PARTIALLY_SHIPPED", "SHIPPED", "DELIVERED");
    private static final Set<String> PAYMENTS_CAPTURED = Set.of("CAPTURED", "SETTLED", "PARTIALLY_REFUNDED");

    /** Whether the order is confirmed, or further, and neither cancelled nor refunded. */
    boolean orderIsConfirmed() {
        return order != null && ORDERS_CONFIRMED.contains(order.status());
    }

    /** Whether there is no order that may hold money or stock. */
    boolean orderIsMissingOrCancelled() {
        return order == null || order.status().equals("CANCELLED");
    }

    /** Whether a saga is under way that undoes the payment and the stock of the cancelled order. */
    boolean orderIsBeingUndone() {
        return order != null && order.isBeingUndone();
    }

    /** The payments with money set aside, taken, or given back in full. */
    List<PaymentFact> liveOrRefundedPayments() {
        return payments.stream()
                .filter(payment -> payment.status().equals("AUTHORIZED")
                        || isCaptured(payment)
                        || payment.status().equals("REFUNDED"))
                .toList();
    }

    /** The payments with money set aside or taken. */
    List<PaymentFact> livePayments() {
        return payments.stream()
                .filter(payment -> payment.status().equals("AUTHORIZED") || isCaptured(payment))
                .toList();
    }

    static boolean isCaptured(PaymentFact payment) {
        return PAYMENTS_CAPTURED.contains(payment.status());
    }

    /** What promotions that count take off, in minor units. */
    long claimedDiscount() {
        return promotions != null && promotions.status().equals("CLAIMED") ? promotions.discountMinor() : 0;
    }

    /** Whether a saga is under way that gives back, or still needs, what was set aside for the order. */
    boolean isUnderWay() {
        return sagaStatus().equals("started") || sagaStatus().equals("compensating") || orderIsBeingUndone();
    }

    String orderStatus() {
        return order == null ? "missing" : order.status();
    }

    String sagaStatus() {
        return saga == null ? "missing" : saga.sagaStatus();
    }
}
