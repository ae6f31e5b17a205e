package org.cartulary.tests.support;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Somebody who buys, with an account or as a guest. */
public record Buyer(HttpShop shop, String email) {

    /** Where everything is sent. */
    public static final Map<String, String> ADDRESS = Map.of(
            "firstName", "Ada",
            "lastName", "Example",
            "addressLine1", "1 Example Street",
            "city", "Berlin",
            "postalCode", "10115",
            "country", "DE");
    /** The payment with a card that pays. */
    public static final Map<String, Object> CARD = card("tok_ok");

    /** A new customer who is signed in. */
    public static Buyer customer(HttpShop visitor) {
        String email = "ada-" + UUID.randomUUID() + "@customer.example";
        String password = "correct horse battery";
        openAccount(visitor, email, password);
        JsonNode session = visitor.post("/api/v1/store/sessions", Map.of("email", email, "password", password))
                .expect(201);
        return new Buyer(visitor.bearing(session.path("accessToken").asString()), email);
    }

    /** Registers somebody and verifies the address, so that they can log in. */
    public static void openAccount(HttpShop visitor, String email, String password) {
        register(visitor, email, password);
        verifyEmail(visitor, email, password);
    }

    /** Registers somebody, who cannot log in before the address is verified. */
    public static void register(HttpShop visitor, String email, String password) {
        visitor.post(
                        "/api/v1/store/registrations",
                        Map.of("email", email, "password", password, "firstName", "Ada", "lastName", "Example"))
                .expect(202);
    }

    /** Shows the token of the newest mail that verifies the address, with the password it was registered with last. */
    public static void verifyEmail(HttpShop visitor, String email, String password) {
        String token = visitor.mailbox().tokenMailedTo(email, "EMAIL_VERIFICATION");
        visitor.post("/api/v1/store/email-verifications/confirmations", Map.of("token", token, "password", password))
                .expect(204);
    }

    /** A new guest; the shop gave the token with the guest's first cart, which is empty. */
    public static Buyer guest(HttpShop visitor) {
        String token = Patience.answer(() -> visitor.post("/api/v1/store/carts", Map.of("items", List.of())))
                .expect(201)
                .path("guestToken")
                .asString();
        return new Buyer(visitor.guest(token), "guest-" + UUID.randomUUID() + "@guest.example");
    }

    /** The payment with a card of the test provider. */
    public static Map<String, Object> card(String token) {
        return Map.of("payment", Map.of("provider", "TEST", "token", token));
    }

    /** A line of a cart. */
    public static Map<String, Object> item(String productId, Object quantity) {
        return Map.of("productId", productId, "quantity", quantity);
    }

    /** A cart with a product; its id. */
    public String cart(String productId, int quantity) {
        return shop.post("/api/v1/store/carts", Map.of("items", List.of(item(productId, quantity))))
                .expect(201)
                .path("id")
                .asString();
    }

    /** What a checkout of the cart is opened with. */
    public Map<String, Object> checkoutOf(String cartId) {
        return Map.of("cartId", cartId, "email", email, "shippingAddress", ADDRESS);
    }

    /** A checkout of the cart with the first way of sending; its id. */
    public String checkout(String cartId) {
        return checkout(checkoutOf(cartId));
    }

    /** The same with a coupon. */
    public String checkout(String cartId, String couponCode) {
        Map<String, Object> request = new LinkedHashMap<>(checkoutOf(cartId));
        request.put("couponCodes", List.of(couponCode));
        return checkout(request);
    }

    private String checkout(Map<String, Object> request) {
        JsonNode checkout = shop.postOnce("/api/v1/store/checkouts", request).expect(201);
        String id = checkout.path("id").asString();
        JsonNode option = checkout.path("shippingOptions").path(0);
        shop.put(
                        "/api/v1/store/checkouts/" + id + "/shipping-method",
                        Map.of("shippingMethodId", option.path("id").asString()))
                .expect(200);
        return id;
    }

    /** Completes the checkout under a key of its own. */
    public HttpShop.Answer complete(String checkoutId, Map<String, Object> payment) {
        return shop.postOnce("/api/v1/store/checkouts/" + checkoutId + "/completions", payment);
    }

    /** Buys a product, from the cart to the order. */
    public HttpShop.Answer buy(String productId, int quantity, Map<String, Object> payment) {
        return complete(checkout(cart(productId, quantity)), payment);
    }
}
