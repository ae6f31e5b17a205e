package org.cartulary.contracts.order;

import java.util.UUID;

/** Cancels an order; cancelling one that does not exist makes sure that it never will. */
public record CancelOrder(UUID orderId, String reason) {}
