package org.cartulary.checkout;

import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.cart.CartApi;
import org.cartulary.contracts.cart.CartSnapshot;
import org.cartulary.contracts.cart.FindCart;
import org.cartulary.contracts.customer.Customer;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.customer.FindCustomer;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** Who buys, and with which cart. */
record CheckoutBuyer(
        @Nullable UUID customerId,
        @Nullable UUID guestId,
        String email,
        @Nullable CartSnapshot cart) {

    /** Finds out for whom the caller opens the checkout. */
    static CheckoutBuyer of(OpenCheckout request, Principal caller, CartApi carts, CustomerApi customers) {
        CartSnapshot cart = request.cartId() == null ? null : cart(request.cartId(), caller, carts);
        UUID customerId = request.customerId();
        UUID guestId = null;
        if (caller.kind() == Principal.Kind.CUSTOMER) {
            customerId = caller.id();
        } else if (caller.kind() == Principal.Kind.GUEST) {
            guestId = caller.id();
        } else if (cart != null) {
            customerId = cart.customerId();
            guestId = cart.guestId();
        }
        return new CheckoutBuyer(customerId, guestId, email(request, customerId, caller, customers), cart);
    }

    private static CartSnapshot cart(UUID cartId, Principal caller, CartApi carts) {
        CartSnapshot cart = carts.find(new FindCart(cartId));
        if (cart == null || !mayUse(caller, cart)) {
            throw ProblemException.notFound("cart-not-found", "there is no such cart");
        }
        if (!cart.status().equals("ACTIVE")) {
            throw ProblemException.conflict("cart-not-active", "this cart is " + cart.status());
        }
        if (cart.lines().isEmpty()) {
            throw cartEmpty();
        }
        return cart;
    }

    static ProblemException cartEmpty() {
        return ProblemException.unprocessable("cart-empty", "there is nothing in this cart")
                .with("/cartId", "cart-empty", "put something into it first");
    }

    private static boolean mayUse(Principal caller, CartSnapshot cart) {
        return caller.isCustomer(cart.customerId())
                || (caller.kind() == Principal.Kind.GUEST
                        && cart.guestId() != null
                        && cart.guestId().equals(caller.id()))
                || caller.may(Permissions.CHECKOUT_ON_BEHALF);
    }

    private static String email(
            OpenCheckout request, @Nullable UUID customerId, Principal caller, CustomerApi customers) {
        String given = request.email();
        boolean known = caller.isCustomer(customerId);
        if (customerId == null || (known && given != null)) {
            if (given == null) {
                throw ProblemException.unprocessable("email-required", "a guest gives an e-mail address")
                        .with("/email", "required", "must not be null");
            }
            return given;
        }
        Customer customer = customers.find(new FindCustomer(customerId));
        if (customer == null && known) {
            // The customer's record is made by an event and may be a moment late.
            throw ProblemException.unprocessable("email-required", "give an e-mail address")
                    .with("/email", "required", "must not be null");
        }
        if (customer == null) {
            throw ProblemException.unprocessable("unknown-customer", "there is no such customer")
                    .with("/customerId", "unknown-customer", "there is no such customer");
        }
        return given == null ? customer.email() : given;
    }
}
