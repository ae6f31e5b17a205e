package org.cartulary.promotion;

import java.util.Locale;

/** Why a promotion does not apply. */
enum Obstacle {
    UNKNOWN,
    NOT_STARTED,
    EXPIRED,
    USED_UP,
    CUSTOMER_LIMIT_REACHED,
    MINIMUM_NOT_REACHED,
    FIRST_ORDER_ONLY,
    NEEDS_ACCOUNT,
    NOT_IN_GROUP,
    NOT_COMBINABLE,
    NOT_APPLICABLE;

    /** The reason code, {@code coupon-…} for one with a code, {@code promotion-…} else. */
    String reason(boolean isCoupon) {
        return (isCoupon ? "coupon-" : "promotion-")
                + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
