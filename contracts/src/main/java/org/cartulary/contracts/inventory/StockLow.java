package org.cartulary.contracts.inventory;

import java.util.UUID;
import org.cartulary.platform.events.EventType;

/**
 * The stock of a product in a warehouse has fallen to its reorder point. There is one for each alert, which stays open until there is more
 * again.
 *
 * @param available units that could be sold when it was seen
 * @param reorderPoint at how many units more should be ordered
 * @param reorderQuantity how many units should then be ordered
 */
@EventType(name = "stock.low.v1", aggregate = "stock-alert")
public record StockLow(
        UUID alertId, UUID productId, UUID warehouseId, int available, int reorderPoint, int reorderQuantity) {}
