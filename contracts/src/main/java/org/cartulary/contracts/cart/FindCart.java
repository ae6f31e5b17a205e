package org.cartulary.contracts.cart;

import java.util.UUID;

/** Asks for a cart by id. */
public record FindCart(UUID id) {}
