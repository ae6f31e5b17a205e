package org.cartulary.cart;

import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.http.GuestTokens;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** Whose a cart is: exactly one of a customer's and a guest's. */
record CartOwner(@Nullable UUID customerId, @Nullable UUID guestId) {

    /** Who asks, as the owner of carts; {@code null} for a visitor who has shown no token yet. */
    static @Nullable CartOwner of(Principal principal) {
        return switch (principal.kind()) {
            case CUSTOMER -> new CartOwner(principal.id(), null);
            case GUEST -> principal.id() == null ? null : new CartOwner(null, principal.id());
            case STAFF, VENDOR, INTEGRATION, SYSTEM ->
                throw ProblemException.forbidden(
                        "no-cart-of-its-own", "only customers and guests have carts; order by a checkout with lines");
        };
    }

    /** The guest who will hold the token. */
    static CartOwner ofGuest(String token) {
        return new CartOwner(null, GuestTokens.idOf(token));
    }

    boolean owns(StoredCart cart) {
        return customerId != null
                ? customerId.equals(cart.customerId())
                : guestId != null && guestId.equals(cart.guestId());
    }
}
