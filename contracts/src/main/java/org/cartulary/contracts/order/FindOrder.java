package org.cartulary.contracts.order;

import java.util.UUID;

/** Asks for an order. */
public record FindOrder(UUID id) {}
