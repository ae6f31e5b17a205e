package org.cartulary.inventory;

/** Why units of a product are adjusted by hand. */
enum AdjustmentReason {
    /** Units that cannot be sold any more. */
    DAMAGED,
    /** Units that should be there and are not. */
    LOST,
    /** Units that should not be there and are. */
    FOUND,
    /** Units that came back without an order's knowing. */
    RETURNED,
    /** As many as were counted. */
    COUNTED,
    /** What the words say. */
    OTHER;

    /** Whether units can be more, or fewer, for this reason; the database asks the same. */
    boolean admits(int change) {
        return switch (this) {
            case DAMAGED, LOST -> change < 0;
            case FOUND, RETURNED -> change > 0;
            case COUNTED, OTHER -> true;
        };
    }
}
