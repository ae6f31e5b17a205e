package org.cartulary.contracts.inventory;

import java.util.UUID;

/** How many units of a product can be sold, over all warehouses. */
public record Availability(UUID productId, int available) {}
