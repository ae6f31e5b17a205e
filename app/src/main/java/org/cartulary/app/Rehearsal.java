package org.cartulary.app;

import java.util.List;
import java.util.Map;
import org.cartulary.app.client.ApiClient;
import org.cartulary.app.client.ApiException;
import tools.jackson.databind.JsonNode;

/**
 * Buys from the sample shop as its visitors do, a few times, so that the Java machine sees what a platform does all day:
 * from what it has seen it makes the cache with which later starts are quick.
 */
public final class Rehearsal {

    private static final String STORE = "/api/v1/store";
    private static final int PURCHASES = 20;
    private static final String PASSWORD = "correct horse battery";

    private final String url;

    /** A rehearsal against the platform at the base URL. */
    public Rehearsal(String url) {
        this.url = url;
    }

    /**
     * Looks at everything once and buys several times.
     *
     * @throws ApiException if an answer is not what a customer expects
     */
    public void run() {
        ApiClient visitor = ApiClient.visitor(url);
        visitor.get("/actuator/health/readiness");
        visitor.get("/openapi.json");
        String email = "rehearsal@shop.example";
        visitor.post(
                STORE + "/registrations",
                Map.of("email", email, "password", PASSWORD, "firstName", "Ada", "lastName", "Lovelace"));
        JsonNode session = visitor.post(STORE + "/sessions", Map.of("email", email, "password", PASSWORD));
        ApiClient customer = visitor.withKey(session.path("accessToken").asString());
        for (int number = 1; number <= PURCHASES; number++) {
            buy(customer, number);
        }
        customer.get(STORE + "/orders");
    }

    private static void buy(ApiClient customer, int number) {
        JsonNode product =
                customer.get(STORE + "/products?query=teapot").path("items").path(0);
        String productId = product.path("id").asString();
        customer.get(STORE + "/products/" + productId);
        JsonNode cart = customer.post(
                STORE + "/carts", Map.of("items", List.of(Map.of("productId", productId, "quantity", 1))));
        JsonNode checkout = customer.post(
                        STORE + "/checkouts",
                        Map.of("cartId", cart.path("id").asString(), "shippingAddress", ADDRESS),
                        "rehearsal-" + number)
                .body();
        String path = STORE + "/checkouts/" + checkout.path("id").asString();
        customer.put(
                path + "/shipping-method",
                Map.of(
                        "shippingMethodId",
                        checkout.path("shippingOptions").path(0).path("id").asString()));
        ApiClient.Answer answer = customer.post(
                path + "/completions",
                Map.of("payment", Map.of("provider", "TEST", "token", "tok_ok")),
                "rehearsal-payment-" + number);
        customer.get(STORE + "/orders/" + answer.body().path("orderId").asString());
    }

    private static final Map<String, String> ADDRESS = Map.of(
            "firstName", "Ada",
            "lastName", "Lovelace",
            "addressLine1", "12 St James's Square",
            "city", "London",
            "postalCode", "SW1Y 4JH",
            "country", "GB");
}
