package org.cartulary.contracts.cart;

import java.util.UUID;

/** Says that a cart has become an order. */
public record ConvertCart(UUID cartId, UUID orderId) {}
