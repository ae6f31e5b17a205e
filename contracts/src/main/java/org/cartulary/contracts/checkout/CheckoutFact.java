package org.cartulary.contracts.checkout;

import java.util.UUID;
import org.cartulary.platform.money.Money;

/**
 * A saga that places an order.
 *
 * @param sagaStatus started, completed, compensating, compensated or failed
 */
public record CheckoutFact(UUID tenantId, UUID orderId, String sagaStatus, Money total) {}
