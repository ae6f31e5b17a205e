package org.cartulary.contracts.order;

import java.util.UUID;

/** Says that an order is paid and its stock is sold. */
public record ConfirmOrder(UUID orderId, UUID paymentId, String paymentMethod) {}
