package org.cartulary.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.app.client.ApiClient;
import org.cartulary.app.client.ApiException;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/**
 * Buys from the sample shop as its visitors do, a few times, so that the Java machine sees what a platform does all day:
 * from what it has seen it makes the cache with which later starts are quick.
 */
public final class Rehearsal {

    private static final String STORE = "/api/v1/store";
    private static final int PURCHASES = 20;
    private static final String PASSWORD = "correct horse battery";

    private static final Pattern TOKEN = Pattern.compile("ev_[A-Za-z0-9_-]{43}");

    private final String url;
    private final String operatorKey;

    /** A rehearsal against the platform at the base URL, whose operator reads the mail that verifies an address. */
    public Rehearsal(String url, String operatorKey) {
        this.url = url;
        this.operatorKey = operatorKey;
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
        visitor.post(
                STORE + "/email-verifications/confirmations",
                Map.of("token", mailedToken(visitor), "password", PASSWORD));
        JsonNode session = visitor.post(STORE + "/sessions", Map.of("email", email, "password", PASSWORD));
        ApiClient customer = visitor.withKey(session.path("accessToken").asString());
        for (int number = 1; number <= PURCHASES; number++) {
            buy(customer, number);
        }
        customer.get(STORE + "/orders");
        for (String page : List.of("/", "/search", "/products/blue-teapot", "/cart", "/sign-in", "/admin/sign-in")) {
            look(page);
        }
    }

    /** At a page, as a browser does. */
    private void look(String page) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + page)).build();
        try (HttpClient browser = HttpClient.newHttpClient()) {
            int status =
                    browser.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
            if (status != HttpStatus.OK.value()) {
                throw new IllegalStateException("the page " + page + " was answered " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the page " + page + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at the page " + page, e);
        }
    }

    /** In the newest mail: nobody else registers here. */
    private String mailedToken(ApiClient visitor) {
        String text = visitor.withKey(operatorKey)
                .get("/api/v1/admin/outgoing-mails?limit=1")
                .path("items")
                .path(0)
                .path("text")
                .asString();
        Matcher token = TOKEN.matcher(text);
        if (!token.find()) {
            throw new IllegalStateException("the mail to the new customer has no token");
        }
        return token.group();
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
