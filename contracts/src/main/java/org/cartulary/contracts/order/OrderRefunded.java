package org.cartulary.contracts.order;

import java.util.UUID;
import org.cartulary.platform.events.EventType;
import org.cartulary.platform.money.Money;

/**
 * Money was given back for an order.
 *
 * @param refundId names the refund
 * @param amount by this refund
 * @param refundedInTotal by all refunds of the order so far
 */
@EventType(name = "order.refunded.v1", aggregate = "order")
public record OrderRefunded(UUID orderId, UUID refundId, Money amount, Money refundedInTotal) {}
