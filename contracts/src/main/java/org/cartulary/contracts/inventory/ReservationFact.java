package org.cartulary.contracts.inventory;

import java.util.UUID;

/**
 * What inventory holds for an order.
 *
 * @param status OPEN, CONFIRMED, RELEASED or EXPIRED
 * @param units the units of all lines
 */
public record ReservationFact(UUID tenantId, UUID orderId, String status, long units) {}
