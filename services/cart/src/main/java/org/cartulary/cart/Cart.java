package org.cartulary.cart;

import java.math.BigDecimal;

/** The limits of a cart. */
final class Cart {

    /** The most units of one product. */
    static final int MAX_QUANTITY = 999_999;

    /** The most lines. */
    static final int MAX_LINES = 500;

    /** What all lines are worth at most: the greatest amount of money. */
    static final BigDecimal MAX_WORTH = new BigDecimal("99999999.99");

    private Cart() {}
}
