package org.cartulary.cart;

import java.util.UUID;

/** What became of a change of a cart. */
sealed interface CartChange {

    /** It is done. */
    record Done(UUID cartId) implements CartChange {}

    /** The owner has no such cart, or it is not active any more. */
    record NoSuchCart() implements CartChange {}

    /** The cart has another version than the caller has seen. */
    record Stale() implements CartChange {}

    /** A quantity would exceed the most that a line may have. */
    record QuantityTooGreat() implements CartChange {}

    /** The cart would have too many lines. */
    record TooManyLines() implements CartChange {}

    /** The product is neither in the cart nor saved for later. */
    record NotInCart() implements CartChange {}

    /** The product is neither saved for later nor in the cart. */
    record NotSaved() implements CartChange {}

    /** The list of what is saved for later would have too many lines. */
    record TooManySaved() implements CartChange {}

    /** The owner's active cart is in another currency than the shop sells in now, and not empty. */
    record OtherCurrency(UUID cartId) implements CartChange {}

    /** The cart would be worth more than an amount of money can be. */
    record WorthTooMuch() implements CartChange {}
}
