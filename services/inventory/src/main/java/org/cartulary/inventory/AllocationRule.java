package org.cartulary.inventory;

/** From which warehouses of a shop the units of an order are taken first, where several have some. */
enum AllocationRule {
    /** The oldest warehouse first. */
    OLDEST_FIRST,
    /** The warehouse with the smallest priority first, among equals the oldest. */
    BY_PRIORITY
}
