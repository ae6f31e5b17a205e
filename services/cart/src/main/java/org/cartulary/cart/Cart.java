package org.cartulary.cart;

/** The limits of a cart. */
final class Cart {

    /** The most units of one product. */
    static final int MAX_QUANTITY = 999_999;

    /** The most lines. */
    static final int MAX_LINES = 500;

    private Cart() {}
}
