package org.cartulary.contracts.payment;

import java.util.UUID;

/** Makes sure that the customer is not charged for an order. */
public record CancelPayment(UUID orderId, String reason) {}
