package org.cartulary.inventory;

import java.time.Instant;
import java.util.UUID;

/**
 * An inventory category as staff sees it.
 *
 * @param reorderPoint at how many available units more of its products should be ordered, 0 for never
 * @param reorderQuantity how many units should then be ordered
 */
record StockCategoryView(
        UUID id, String code, String name, int reorderPoint, int reorderQuantity, Instant createdAt, long version) {}
