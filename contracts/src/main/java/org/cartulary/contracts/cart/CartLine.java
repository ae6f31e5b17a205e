package org.cartulary.contracts.cart;

import java.util.UUID;
import org.cartulary.platform.money.Money;

/** A product in a cart, with the price it had when it was put there. */
public record CartLine(UUID productId, int quantity, Money unitPrice) {}
