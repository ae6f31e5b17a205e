package org.cartulary.storefront;

import java.util.HashMap;
import java.util.Map;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Paths;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;

/** From the cart to the order: where it goes, how it is sent and paid. */
final class CheckoutPages {

    private static final int MOST_ADDRESSES = 20;

    private CheckoutPages() {}

    static ServerResponse askAddress(Visit visit) {
        Carts.Cart cart = CartCookie.find(visit);
        if (cart == null || cart.isEmpty()) {
            return visit.redirect("/cart");
        }
        return askAddress(visit, cart, AddressForm.of(visit), null);
    }

    private static ServerResponse askAddress(
            Visit visit, Carts.Cart cart, AddressForm form, @Nullable Problem problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("cart", cart);
        model.put("form", form);
        model.put("countries", Countries.in(visit.locale()));
        model.put("addresses", AccountPages.addresses(visit, MOST_ADDRESSES));
        return visit.page("checkout-address", model, problem);
    }

    static ServerResponse takeAddress(Visit visit) {
        Carts.Cart cart = CartCookie.find(visit);
        if (cart == null) {
            return visit.redirect("/cart");
        }
        AddressForm form = AddressForm.of(visit);
        Map<String, Object> request = new HashMap<>();
        request.put("cartId", cart.id());
        request.put("shippingAddress", form.address());
        if (visit.session() == null) {
            request.put("email", form.email());
        }
        Outcome<Orders.Checkout> outcome = api(visit)
                .withIdempotencyKey(visit.key())
                .post(ApiPath.of("store/checkouts"), request, Orders.Checkout.class);
        return switch (outcome) {
            case Outcome.Done<Orders.Checkout>(Orders.Checkout checkout) ->
                visit.redirect("/checkout/" + checkout.id());
            case Outcome.Refused<Orders.Checkout>(Problem problem) -> askAddress(visit, cart, form, problem);
        };
    }

    static ServerResponse show(Visit visit) {
        return show(visit, null);
    }

    private static ServerResponse show(Visit visit, @Nullable Problem problem) {
        Orders.Checkout checkout =
                api(visit).find(ApiPath.of("store/checkouts/{id}", visit.path("id")), Orders.Checkout.class);
        if (checkout == null) {
            return visit.notFound();
        }
        if (checkout.isCompleted()) {
            return placed(visit, String.valueOf(checkout.orderId()));
        }
        if (checkout.isCompleting()) {
            return visit.pageThatAsksAgain("placing", Map.of("checkout", checkout));
        }
        return visit.page("checkout", Map.of("checkout", checkout), problem);
    }

    static ServerResponse chooseShipping(Visit visit) {
        Outcome<Orders.Checkout> outcome = api(visit)
                .put(
                        ApiPath.of("store/checkouts/{id}/shipping-method", visit.path("id")),
                        Map.of("shippingMethodId", visit.field("shippingMethodId")),
                        Orders.Checkout.class);
        return switch (outcome) {
            case Outcome.Done<Orders.Checkout>(Orders.Checkout checkout) ->
                visit.redirect("/checkout/" + checkout.id() + "?chosen=shipping");
            case Outcome.Refused<Orders.Checkout>(Problem problem) -> show(visit, problem);
        };
    }

    static ServerResponse pay(Visit visit) {
        Map<String, Object> payment = Map.of("provider", "TEST", "token", visit.field("token"));
        Outcome<Orders.Placed> outcome = api(visit)
                .withIdempotencyKey(visit.key())
                .post(
                        ApiPath.of("store/checkouts/{id}/completions", visit.path("id")),
                        Map.of("payment", payment),
                        Orders.Placed.class);
        return switch (outcome) {
            case Outcome.Done<Orders.Placed>(Orders.Placed order) ->
                order.orderNumber() == null
                        ? again(visit)
                        : placed(visit, order.orderId().toString());
            case Outcome.Refused<Orders.Placed>(Problem problem) ->
                // The checkout itself says what a second click, or another tab, has to be told.
                problem.is("already-completed", "checkout-in-progress", "request-in-progress")
                        ? again(visit)
                        : show(visit, problem);
        };
    }

    private static ServerResponse again(Visit visit) {
        return visit.redirect("/checkout/" + Paths.encoded(visit.path("id")));
    }

    /** What was bought has left the cart; a guest reads the order with the token of the cart. */
    private static ServerResponse placed(Visit visit, String orderId) {
        new CartCookie(null, 0, CartCookie.of(visit).guestToken()).keep(visit);
        return visit.redirect("/orders/" + orderId + "?said=placed");
    }

    private static Api api(Visit visit) {
        return CartCookie.of(visit).api(visit);
    }
}
