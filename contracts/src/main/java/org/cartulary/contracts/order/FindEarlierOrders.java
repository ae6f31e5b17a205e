package org.cartulary.contracts.order;

import java.util.UUID;

/** Asks whether a customer has ordered before. */
public record FindEarlierOrders(UUID customerId) {}
