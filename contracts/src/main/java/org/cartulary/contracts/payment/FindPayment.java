package org.cartulary.contracts.payment;

import java.util.UUID;

/** Asks for the payment of an order. */
public record FindPayment(UUID orderId) {}
