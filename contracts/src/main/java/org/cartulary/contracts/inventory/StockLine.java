package org.cartulary.contracts.inventory;

import java.util.UUID;

/** A number of units of a product. */
public record StockLine(UUID productId, int quantity) {}
