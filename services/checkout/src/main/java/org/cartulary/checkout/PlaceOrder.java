package org.cartulary.checkout;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The state of the saga that places an order. It is stored as it is, so it names the checkout instead of repeating it, and
 * holds no token.
 *
 * @param orderId the order's id, which also is the saga's
 * @param usesPromotions whether promotions take something off, {@code null} for no
 * @param convertedCartId the cart that knows that it was ordered, {@code null} as long as none does
 * @param refusals what is wrong with parts of the checkout, where a step was refused
 * @param otherOrderId the order that stands in the way, where a step was refused because of one
 */
record PlaceOrder(
        UUID checkoutId,
        UUID orderId,
        Money total,
        @Nullable Boolean usesPromotions,
        @Nullable String orderNumber,
        @Nullable UUID paymentId,
        @Nullable String paymentMethod,
        @Nullable UUID convertedCartId,
        List<Refusal.Detail> refusals,
        @Nullable UUID otherOrderId) {

    static PlaceOrder of(UUID checkoutId, UUID orderId, Money total, boolean usesPromotions) {
        return new PlaceOrder(checkoutId, orderId, total, usesPromotions, null, null, null, null, List.of(), null);
    }

    PlaceOrder withOrderNumber(String number) {
        return new PlaceOrder(
                checkoutId,
                orderId,
                total,
                usesPromotions,
                number,
                paymentId,
                paymentMethod,
                convertedCartId,
                refusals,
                otherOrderId);
    }

    PlaceOrder withPayment(UUID payment, String method) {
        return new PlaceOrder(
                checkoutId,
                orderId,
                total,
                usesPromotions,
                orderNumber,
                payment,
                method,
                convertedCartId,
                refusals,
                otherOrderId);
    }

    PlaceOrder withConvertedCart(UUID cart) {
        return new PlaceOrder(
                checkoutId,
                orderId,
                total,
                usesPromotions,
                orderNumber,
                paymentId,
                paymentMethod,
                cart,
                refusals,
                otherOrderId);
    }

    PlaceOrder withRefusals(List<Refusal.Detail> details) {
        return new PlaceOrder(
                checkoutId,
                orderId,
                total,
                usesPromotions,
                orderNumber,
                paymentId,
                paymentMethod,
                convertedCartId,
                details,
                otherOrderId);
    }

    PlaceOrder withOtherOrder(UUID other) {
        return new PlaceOrder(
                checkoutId,
                orderId,
                total,
                usesPromotions,
                orderNumber,
                paymentId,
                paymentMethod,
                convertedCartId,
                refusals,
                other);
    }
}
