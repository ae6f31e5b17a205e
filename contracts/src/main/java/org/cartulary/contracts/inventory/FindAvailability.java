package org.cartulary.contracts.inventory;

import java.util.List;
import java.util.UUID;

/** Asks how much of each product can be sold. */
public record FindAvailability(List<UUID> productIds) {}
