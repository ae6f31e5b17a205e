package org.cartulary.storefront;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.cartulary.platform.http.GuestTokens;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;

/** The cart. */
final class CartPage {

    private CartPage() {}

    static ServerResponse show(Visit visit) {
        return show(visit, null);
    }

    private static ServerResponse show(Visit visit, @Nullable Problem problem) {
        Carts.Cart cart = CartCookie.find(visit);
        CartCookie.show(visit, cart);
        Map<String, Object> model = new HashMap<>();
        model.put("cart", cart);
        model.put("cartCount", cart == null ? 0 : cart.itemCount());
        return visit.page("cart", model, problem);
    }

    /** Puts something in, into a new cart where there is none that can be filled. */
    static ServerResponse add(Visit visit) {
        Map<String, Object> item =
                Map.of("productId", visit.field("productId"), "quantity", visit.number("quantity", 1));
        Outcome<Carts.Cart> outcome = put(visit, item);
        return switch (outcome) {
            case Outcome.Done<Carts.Cart>(Carts.Cart cart) -> {
                CartCookie.show(visit, cart);
                yield visit.redirect("/cart?said=added");
            }
            case Outcome.Refused<Carts.Cart>(Problem problem) -> show(visit, problem);
        };
    }

    private static Outcome<Carts.Cart> put(Visit visit, Map<String, Object> item) {
        CartCookie cookie = CartCookie.of(visit);
        // A form that is sent twice takes effect once.
        String key = visit.key();
        UUID id = cookie.cartId();
        if (id != null) {
            Outcome<Carts.Cart> outcome = cookie.api(visit)
                    .withIdempotencyKey(key)
                    .post(ApiPath.of("store/carts/{id}/items", id), item, Carts.Cart.class);
            if (!(outcome instanceof Outcome.Refused<Carts.Cart>(Problem problem))
                    || !problem.is("cart-not-found", "cart-not-active")) {
                return outcome;
            }
        }
        return apiOfNewCart(visit, cookie)
                .withIdempotencyKey(key)
                .post(ApiPath.of("store/carts"), Map.of("items", List.of(item)), Carts.Cart.class);
    }

    /** A repeated key is understood only of somebody who can be told apart: visitors choose a token before they have a cart. */
    private static Api apiOfNewCart(Visit visit, CartCookie cookie) {
        if (visit.session() != null || cookie.guestToken() != null) {
            return cookie.api(visit);
        }
        CartCookie fresh = new CartCookie(null, 0, GuestTokens.next());
        fresh.keep(visit);
        return fresh.api(visit);
    }

    /** Sets how many there shall be of a product; none takes it out. */
    static ServerResponse change(Visit visit) {
        CartCookie cookie = CartCookie.of(visit);
        UUID id = cookie.cartId();
        if (id == null) {
            return visit.redirect("/cart");
        }
        ApiPath line = ApiPath.of("store/carts/{id}/items/{product}", id, visit.path("productId"));
        int quantity = visit.has("remove") ? 0 : visit.number("quantity", 1);
        Outcome<Carts.Cart> outcome = quantity == 0
                ? cookie.api(visit).delete(line, Carts.Cart.class)
                : cookie.api(visit).put(line, Map.of("quantity", quantity), Carts.Cart.class);
        return after(visit, outcome);
    }

    static ServerResponse useCoupon(Visit visit) {
        CartCookie cookie = CartCookie.of(visit);
        UUID id = cookie.cartId();
        if (id == null) {
            return visit.redirect("/cart");
        }
        ApiPath coupon = ApiPath.of("store/carts/{id}/coupon", id);
        return after(
                visit,
                visit.has("remove")
                        ? cookie.api(visit).delete(coupon, Carts.Cart.class)
                        : cookie.api(visit).put(coupon, Map.of("code", visit.field("code")), Carts.Cart.class));
    }

    private static ServerResponse after(Visit visit, Outcome<Carts.Cart> outcome) {
        return switch (outcome) {
            case Outcome.Done<Carts.Cart> _ -> visit.redirect("/cart");
            case Outcome.Refused<Carts.Cart>(Problem problem) ->
                problem.is("cart-not-found", "cart-not-active") ? visit.redirect("/cart") : show(visit, problem);
        };
    }

    /** Where somebody goes on who has just signed in: with what was in the cart before. */
    static void takeAlong(Visit visit) {
        CartCookie cookie = CartCookie.of(visit);
        if (visit.session() == null) {
            return;
        }
        Carts.Cart cart = cookie.guestToken() == null
                ? null
                : switch (visit.api()
                        .post(
                                ApiPath.of("store/carts/merges"),
                                Map.of("guestToken", cookie.guestToken()),
                                Carts.Cart.class)) {
                    case Outcome.Done<Carts.Cart>(Carts.Cart merged) -> merged;
                    case Outcome.Refused<Carts.Cart> _ -> null;
                };
        CartCookie.show(visit, cart == null ? ofCustomer(visit) : cart);
    }

    /** The cart that a customer has filled somewhere else; an empty one where there was none. */
    private static Carts.@Nullable Cart ofCustomer(Visit visit) {
        return switch (visit.api().post(ApiPath.of("store/carts"), Map.of("items", List.of()), Carts.Cart.class)) {
            case Outcome.Done<Carts.Cart>(Carts.Cart cart) -> cart;
            case Outcome.Refused<Carts.Cart> _ -> null;
        };
    }
}
