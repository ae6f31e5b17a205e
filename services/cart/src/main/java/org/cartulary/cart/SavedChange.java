package org.cartulary.cart;

/** What became of a change of a list of saved products that concerns no cart. */
sealed interface SavedChange {

    /** It is done. */
    record Done() implements SavedChange {}

    /** The list would have too many lines. */
    record TooManySaved() implements SavedChange {}
}
