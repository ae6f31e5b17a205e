package org.cartulary.contracts.inventory;

import java.util.UUID;

/** Confirms the reservation of an order that is paid. */
public record ConfirmReservation(UUID orderId) {}
