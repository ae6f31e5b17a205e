package org.cartulary.app.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cartulary.app.client.ApiClient;
import tools.jackson.databind.JsonNode;

/** The name of the demo shop, where it sends to and for how much, its taxes and promotions. What is there already stays. */
final class DemoSettings {

    static final String NAME = "Lantern & Thread";
    private static final String SAMPLE_NAME = "Sample shop";
    private static final Map<String, Integer> TAXES =
            Map.of("DE", 19, "AT", 20, "FR", 20, "NL", 21, "IE", 23, "GB", 20);

    private final DemoClient client;

    DemoSettings(DemoClient client) {
        this.client = client;
    }

    void fill() {
        nameShop();
        sendTo();
        tax();
        promote();
    }

    private void nameShop() {
        String path = "/api/v1/admin/tenants/" + client.tenant();
        ApiClient.Answer answer = client.operator().send("GET", path, null, Map.of());
        if (answer.body().path("displayName").asString().equals(SAMPLE_NAME)) {
            List<String> hosts = new ArrayList<>();
            answer.body().path("hosts").forEach(host -> hosts.add(host.asString()));
            client.operator()
                    .send("PUT", path, Map.of("displayName", NAME, "hosts", hosts), Map.of("If-Match", tag(answer)));
        }
    }

    private void sendTo() {
        if (!client.all("/api/v1/admin/shipping-zones").isEmpty()) {
            return;
        }
        client.shop()
                .put(
                        "/api/v1/admin/shipping-zones/europe",
                        zone(List.of("AT", "BE", "DE", "FR", "GB", "IE", "NL"), "4.90", "12.90", "49.00"));
        client.shop().put("/api/v1/admin/shipping-zones/everywhere", zone(List.of("*"), "14.90", "39.00", "149.00"));
    }

    private static Map<String, Object> zone(List<String> countries, String standard, String express, String freeAbove) {
        return Map.of(
                "countries",
                countries,
                "states",
                List.of(),
                "methods",
                List.of(
                        Map.of(
                                "name",
                                "Standard",
                                "carrier",
                                "Post",
                                "price",
                                DemoClient.money(standard),
                                "freeAbove",
                                DemoClient.money(freeAbove),
                                "estimatedDays",
                                4),
                        Map.of(
                                "name",
                                "Express",
                                "carrier",
                                "Courier",
                                "price",
                                DemoClient.money(express),
                                "estimatedDays",
                                1)));
    }

    /** Taxes are contained in the prices, where the shop has said nothing about taxes yet. */
    private void tax() {
        if (!client.all("/api/v1/admin/tax-rates").isEmpty()) {
            return;
        }
        ApiClient.Answer settings = client.shop().send("GET", "/api/v1/admin/settings", null, Map.of());
        client.shop()
                .send(
                        "PUT",
                        "/api/v1/admin/settings",
                        Map.of("pricesIncludeTax", true),
                        Map.of("If-Match", tag(settings)));
        TAXES.forEach((country, percent) -> client.shop()
                .put(
                        "/api/v1/admin/tax-rates/" + country.toLowerCase(Locale.ROOT) + "-standard",
                        Map.of("country", country, "category", "standard", "name", "VAT", "percent", percent)));
    }

    private void promote() {
        Set<String> names = new HashSet<>();
        for (JsonNode promotion : client.all("/api/v1/admin/promotions")) {
            names.add(promotion.path("name").asString());
            if (promotion.path("status").asString().equals("DRAFT") && isOurs(promotion)) {
                activate(promotion);
            }
        }
        if (!names.contains("Welcome: 10 % off")) {
            Map<String, Object> welcome = new HashMap<>();
            welcome.put("name", "Welcome: 10 % off");
            welcome.put("code", "WELCOME10");
            welcome.put("kind", "PERCENTAGE");
            welcome.put("basisPoints", 1000);
            welcome.put("minimumSubtotal", DemoClient.money("20.00"));
            activate(client.shop()
                    .post("/api/v1/admin/promotions", welcome, "demo:welcome")
                    .body());
        }
        if (!names.contains("Cards and paper: three for two")) {
            Map<String, Object> three = new HashMap<>();
            three.put("name", "Cards and paper: three for two");
            three.put("kind", "BUY_X_GET_Y");
            three.put("buyQuantity", 2);
            three.put("getQuantity", 1);
            three.put("basisPoints", 10_000);
            three.put("categoryIds", List.of(stationery()));
            activate(client.shop()
                    .post("/api/v1/admin/promotions", three, "demo:three")
                    .body());
        }
    }

    private static boolean isOurs(JsonNode promotion) {
        String name = promotion.path("name").asString();
        return name.equals("Welcome: 10 % off") || name.equals("Cards and paper: three for two");
    }

    private void activate(JsonNode promotion) {
        client.shop().post("/api/v1/admin/promotions/" + promotion.path("id").asString() + "/activations", Map.of());
    }

    private String stationery() {
        return client.all("/api/v1/admin/categories").stream()
                .filter(category -> category.path("slug").asString().equals("stationery"))
                .map(category -> category.path("id").asString())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the category of cards was not made"));
    }

    private static String tag(ApiClient.Answer answer) {
        String tag = answer.etag();
        if (tag == null) {
            throw new IllegalStateException("the platform's answer names no version");
        }
        return tag;
    }
}
