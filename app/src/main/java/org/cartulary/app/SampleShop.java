package org.cartulary.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.app.client.ApiClient;
import org.cartulary.contracts.auth.Permissions;
import tools.jackson.databind.JsonNode;

/** A few products with stock and ways to send them, so that a newcomer finds something to buy. */
final class SampleShop {

    private static final int UNITS = 100;

    private record Sample(String sku, String name, String description, String price) {}

    private static final List<Sample> PRODUCTS = List.of(
            new Sample("TEAPOT-BLUE", "Blue teapot", "A stoneware teapot for four cups, glazed in blue.", "34.90"),
            new Sample("TEACUP-BLUE", "Blue teacup", "A stoneware cup that goes with the blue teapot.", "9.50"),
            new Sample("LANTERN-TIN", "Tin lantern", "A small lantern of punched tin for a tea light.", "14.00"),
            new Sample("BUNTING-RED", "Red bunting", "Six metres of cotton flags in four reds.", "12.75"),
            new Sample("CAKESTAND-3", "Cake stand, three tiers", "Painted porcelain, 36 cm high.", "42.00"));

    private SampleShop() {}

    /** Fills the shop over the public API. */
    static void fill(String url, String operatorKey, UUID shop) {
        ApiClient operator = ApiClient.of(url, operatorKey);
        JsonNode key = operator.post(
                "/api/v1/admin/tenants/" + shop + "/api-keys",
                Map.of(
                        "name",
                        "sample shop",
                        "permissions",
                        List.of(Permissions.CATALOG_WRITE, Permissions.STOCK_WRITE, Permissions.SHIPPING_WRITE),
                        "expiresInHours",
                        1));
        ApiClient client = operator.withKey(key.path("key").asString());
        client.put("/api/v1/admin/categories/home", Map.of("name", "Home"));
        receive(client, create(client));
        client.put("/api/v1/admin/shipping-zones/europe", zone(List.of("DE", "FR", "GB", "IE", "NL"), "4.90", "12.90"));
        client.put("/api/v1/admin/shipping-zones/everywhere", zone(List.of("*"), "14.90", "39.00"));
    }

    private static JsonNode create(ApiClient client) {
        List<Map<String, Object>> products = new ArrayList<>();
        for (Sample sample : PRODUCTS) {
            Map<String, Object> product = new HashMap<>();
            product.put("sku", sample.sku());
            product.put("name", sample.name());
            product.put("description", sample.description());
            product.put("price", money(sample.price()));
            product.put("categorySlug", "home");
            products.add(product);
        }
        return client.post("/api/v1/admin/products/batches", Map.of("products", products));
    }

    private static void receive(ApiClient client, JsonNode created) {
        List<Map<String, Object>> receipts = new ArrayList<>();
        for (JsonNode product : created.path("results")) {
            receipts.add(Map.of(
                    "productId",
                    product.path("id").asString(),
                    "quantity",
                    UNITS,
                    "reference",
                    "sample:" + product.path("sku").asString()));
        }
        client.post("/api/v1/admin/stock-receipts/batches", Map.of("receipts", receipts));
    }

    private static Map<String, Object> zone(List<String> countries, String standard, String express) {
        return Map.of(
                "countries",
                countries,
                "states",
                List.of(),
                "methods",
                List.of(
                        Map.of("name", "Standard", "carrier", "Post", "price", money(standard), "estimatedDays", 4),
                        Map.of("name", "Express", "carrier", "Courier", "price", money(express), "estimatedDays", 1)));
    }

    private static Map<String, String> money(String amount) {
        return Map.of("amount", amount, "currency", "EUR");
    }
}
