package org.cartulary.contracts.inventory;

import java.util.UUID;

/** Gives back what is reserved, or was sold, for an order. */
public record ReleaseReservation(UUID orderId, String reason) {}
