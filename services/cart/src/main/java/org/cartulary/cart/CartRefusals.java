package org.cartulary.cart;

import java.util.UUID;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;

/** What is told to whoever may not change a cart as asked. */
final class CartRefusals {

    private CartRefusals() {}

    /**
     * The cart that was changed.
     *
     * @throws RuntimeException what the caller is told, if it was not
     */
    static UUID done(CartChange change) {
        if (change instanceof CartChange.Done(UUID cart)) {
            return cart;
        }
        throw of(change);
    }

    /** Why a cart was not changed. */
    static RuntimeException of(CartChange change) {
        return switch (change) {
            case CartChange.Done(UUID cart) -> new IllegalStateException("the cart " + cart + " was changed");
            case CartChange.NoSuchCart() -> notFound();
            case CartChange.Stale() -> ETags.stale();
            case CartChange.QuantityTooGreat() -> quantityTooGreat();
            case CartChange.TooManyLines() ->
                ProblemException.unprocessable("too-many-lines", "a cart has at most 500 lines");
            case CartChange.WorthTooMuch() ->
                ProblemException.unprocessable("cart-too-great", "a cart is worth at most 99,999,999.99");
            case CartChange.OtherCurrency(UUID cart) ->
                ProblemException.conflict(
                                "cart-in-other-currency",
                                "the shop sells in another currency now than when this cart was begun: empty the cart first")
                        .withProperty("cartId", cart);
            case CartChange.NotInCart() ->
                ProblemException.notFound("line-not-found", "the product is not in the cart, nor saved for later");
            case CartChange.NotSaved() ->
                ProblemException.notFound(
                        "saved-item-not-found", "the product is not saved for later, nor in the cart");
            case CartChange.TooManySaved() -> tooManySaved();
        };
    }

    static ProblemException quantityTooGreat() {
        return ProblemException.unprocessable("quantity-too-great", "a cart holds at most 999,999 units of a product");
    }

    static ProblemException tooManySaved() {
        return ProblemException.unprocessable("too-many-saved-items", "at most 200 products are saved for later");
    }

    static ProblemException notFound() {
        return ProblemException.notFound("cart-not-found", "there is no such cart");
    }
}
