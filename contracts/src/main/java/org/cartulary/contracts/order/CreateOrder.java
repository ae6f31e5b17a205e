package org.cartulary.contracts.order;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.tenant.OrderRules;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Creates an order. All amounts are in the order's currency, and total = subtotal + tax + shipping − discount.
 *
 * @param orderId the order's id, chosen by the caller, under which the call may be repeated
 * @param customerId who buys, {@code null} for a guest
 * @param guestId the id of the guest's principal, {@code null} for a customer
 * @param lines in their order; a product may stand on several lines
 * @param tax on top of the prices
 * @param includedTax what of the prices is tax
 * @param adjustments the steps from the subtotal to the total
 * @param placedAt when the order was placed, {@code null} for now
 * @param externalReference what another system calls the order; unique in the shop
 * @param rules the shop's limits
 */
public record CreateOrder(
        UUID orderId,
        @Nullable UUID customerId,
        @Nullable UUID guestId,
        String email,
        List<OrderLine> lines,
        Money subtotal,
        Money tax,
        Money includedTax,
        Money shipping,
        Money discount,
        Money total,
        List<Adjustment> adjustments,
        Address shippingAddress,
        Address billingAddress,
        @Nullable UUID shippingMethodId,
        @Nullable String shippingMethodName,
        @Nullable String couponCode,
        @Nullable Instant placedAt,
        @Nullable String externalReference,
        OrderRules rules) {

    /** Processes of an earlier version say nothing of taxes that prices contain, and explain nothing. */
    public CreateOrder {
        includedTax = Objects.requireNonNullElseGet(includedTax, () -> Money.zero(total.currency()));
        adjustments = List.copyOf(Objects.requireNonNullElse(adjustments, List.of()));
    }
}
