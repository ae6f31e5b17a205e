package org.cartulary.storefront;

import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiException;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;

/**
 * Which cart a browser has: its id, how much is in it as far as the browser knows, and the token with which a visitor without an
 * account shows that it is theirs. Immutable.
 *
 * @param cartId {@code null} where there is none yet
 * @param count how many units were in it when it was last seen
 * @param guestToken {@code null} for somebody who has signed in; kept after an order, which a guest reads with it
 */
record CartCookie(
        @Nullable UUID cartId, int count, @Nullable String guestToken) {

    private static final String NAME = "cart";
    private static final Duration AGE = Duration.ofDays(30);
    private static final Pattern VALUE = Pattern.compile("([0-9a-f-]{36})?\\.(\\d{1,6})\\.([A-Za-z0-9_-]{20,200})?");

    /** What the browser keeps. */
    static CartCookie of(Visit visit) {
        String value = visit.cookies().find(NAME);
        Matcher matcher = VALUE.matcher(value == null ? "" : value);
        if (!matcher.matches()) {
            return new CartCookie(null, 0, null);
        }
        return new CartCookie(
                matcher.group(1) == null ? null : UUID.fromString(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                matcher.group(3));
    }

    /** Has the browser keep this one instead. */
    void keep(Visit visit) {
        visit.cookies()
                .keep(
                        NAME,
                        (cartId == null ? "" : cartId) + "." + count + "." + (guestToken == null ? "" : guestToken),
                        AGE);
    }

    /**
     * The API for whoever has this cart.
     *
     * @throws ApiException if it is a customer's whose session has ended: signing in brings it back
     */
    Api api(Visit visit) {
        if (guestToken == null && visit.hasLostSession()) {
            throw ApiException.signInFirst();
        }
        return visit.session() != null || guestToken == null
                ? visit.api()
                : visit.api().withGuestToken(guestToken);
    }

    /** The cart, {@code null} if there is none that can still be filled. */
    static Carts.@Nullable Cart find(Visit visit) {
        CartCookie cookie = of(visit);
        UUID id = cookie.cartId();
        if (id == null) {
            return null;
        }
        Carts.Cart cart = cookie.api(visit).find(ApiPath.of("store/carts/{id}", id), Carts.Cart.class);
        if (cart != null && cart.continuedIn() != null) {
            cart = cookie.api(visit).find(ApiPath.of("store/carts/{id}", cart.continuedIn()), Carts.Cart.class);
        }
        return cart != null && cart.status().equals("ACTIVE") ? cart : null;
    }

    /** Has the browser forget it: the cart is the customer's, who has signed out. */
    static void forget(Visit visit) {
        visit.cookies().forget(NAME);
    }

    /** Remembers the cart as it is now. */
    static void show(Visit visit, Carts.@Nullable Cart cart) {
        CartCookie before = of(visit);
        String token = visit.session() != null ? null : before.guestToken();
        if (cart == null) {
            new CartCookie(null, 0, token).keep(visit);
        } else {
            new CartCookie(cart.id(), cart.itemCount(), cart.guestToken() == null ? token : cart.guestToken())
                    .keep(visit);
        }
    }
}
