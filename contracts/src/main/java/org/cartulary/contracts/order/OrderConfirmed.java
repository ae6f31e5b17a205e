package org.cartulary.contracts.order;

import java.util.UUID;
import org.cartulary.platform.events.EventType;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** An order is paid, its stock is sold: the payment may be captured and the parcel packed. */
@EventType(name = "order.confirmed.v1", aggregate = "order")
public record OrderConfirmed(
        UUID orderId, String orderNumber, @Nullable UUID customerId, UUID paymentId, Money total) {}
