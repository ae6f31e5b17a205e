package org.cartulary.inventory;

/** From which warehouses of a shop the units of an order are taken first, where several have some. */
enum AllocationRule {
    /** The oldest warehouse first. */
    OLDEST_FIRST,
    /** The warehouse with the smallest priority first, among equals the oldest. */
    BY_PRIORITY,
    /** The first warehouse by priority that alone can serve the whole order; where there is none, as {@link #BY_PRIORITY}. */
    SINGLE_WAREHOUSE_FIRST;

    /** By which rule the stock of an order is taken that no warehouse serves alone. */
    AllocationRule ofSeveral() {
        return this == SINGLE_WAREHOUSE_FIRST ? BY_PRIORITY : this;
    }
}
