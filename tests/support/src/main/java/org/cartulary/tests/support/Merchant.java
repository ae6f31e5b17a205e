package org.cartulary.tests.support;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Somebody who runs a shop, by an access token or an API key. Thread-safe. */
public record Merchant(HttpShop shop) {

    public static Merchant signedIn(HttpShop visitor, String email, String password) {
        JsonNode session = visitor.post("/api/v1/store/sessions", Map.of("email", email, "password", password))
                .expect(201);
        return new Merchant(visitor.bearing(session.path("accessToken").asString()));
    }

    /** An integration client of the shop with these permissions. */
    public HttpShop integration(HttpShop visitor, String... permissions) {
        JsonNode key = shop.post(
                        "/api/v1/admin/api-keys",
                        Map.of("name", "journey", "permissions", List.of(permissions), "expiresInHours", 1))
                .expect(201);
        return visitor.bearing(key.path("key").asString());
    }

    /** A new product with this many units in stock; its id. */
    public String product(String price, int units) {
        String sku = "JOURNEY-" + UUID.randomUUID();
        Map<String, Object> product = Map.of("sku", sku, "name", "Journey " + sku, "price", Money.euros(price));
        String id = shop.post("/api/v1/admin/products/batches", Map.of("products", List.of(product)))
                .expect(200)
                .path("results")
                .path(0)
                .path("id")
                .asString();
        if (units > 0) {
            Map<String, Object> receipt = Map.of("productId", id, "quantity", units, "reference", sku);
            shop.post("/api/v1/admin/stock-receipts/batches", Map.of("receipts", List.of(receipt)))
                    .expect(200);
        }
        return id;
    }

    /** Sends everywhere for 4.90. */
    public void sendEverywhere() {
        Map<String, Object> method = Map.of("name", "Standard", "price", Money.euros("4.90"), "estimatedDays", 4);
        int status = shop.put(
                        "/api/v1/admin/shipping-zones/everywhere",
                        Map.of("countries", List.of("*"), "states", List.of(), "methods", List.of(method)))
                .status();
        if (status != 200 && status != 201) {
            throw new AssertionError("the zone was answered " + status);
        }
    }

    /**
     * An active promotion.
     *
     * @param draft its parts but for the name
     * @return its id
     */
    public String promotion(Map<String, Object> draft) {
        Map<String, Object> named = new LinkedHashMap<>(draft);
        named.put("name", "A promotion");
        String id = shop.post("/api/v1/admin/promotions", named)
                .expect(201)
                .path("id")
                .asString();
        shop.post("/api/v1/admin/promotions/" + id + "/activations", Map.of()).expect(200);
        return id;
    }

    /** The payments of an order. */
    public JsonNode payments(String orderId) {
        return shop.get("/api/v1/admin/payments?orderId=" + orderId).expect(200).path("items");
    }

    /** How many units of the product can be bought. */
    public int available(String productId) {
        return shop.get("/api/v1/store/products/" + productId + "/availability")
                .expect(200)
                .path("available")
                .asInt();
    }

    /** Amounts as the API writes them. */
    public static final class Money {

        private Money() {}

        public static Map<String, String> euros(String amount) {
            return Map.of("amount", amount, "currency", "EUR");
        }
    }
}
