package org.cartulary.contracts.inventory;

import java.util.UUID;

/**
 * Whether something that is sold is in stock.
 *
 * @param soldId the product, or the variant
 * @param inStock whether some of it is available in any warehouse
 * @param version rises whenever it comes into stock and runs out
 */
public record StockPresence(UUID tenantId, UUID soldId, boolean inStock, long version) {}
