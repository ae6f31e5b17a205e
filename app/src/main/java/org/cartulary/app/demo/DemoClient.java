package org.cartulary.app.demo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.app.client.ApiClient;
import org.cartulary.contracts.auth.Permissions;
import tools.jackson.databind.JsonNode;

/** Whoever fills the demo shop: the operator, and an integration of the shop with a key for an hour. */
record DemoClient(ApiClient operator, ApiClient shop, UUID tenant) {

    static final String CURRENCY = "EUR";

    /** A client with a new key. The integration is the same each time, so that idempotency keys of an earlier run are known. */
    static DemoClient of(String url, String operatorKey, UUID tenant) {
        ApiClient operator = ApiClient.of(url, operatorKey);
        JsonNode key = operator.put(
                "/api/v1/admin/tenants/" + tenant + "/integrations/demo-shop/key",
                Map.of("permissions", permissions(), "expiresInHours", 1));
        return new DemoClient(operator, operator.withKey(key.path("key").asString()), tenant);
    }

    private static List<String> permissions() {
        return List.of(
                Permissions.CATALOG_WRITE,
                Permissions.REVIEWS_MODERATE,
                Permissions.STOCK_READ,
                Permissions.STOCK_WRITE,
                Permissions.SETTINGS_WRITE,
                Permissions.SHIPPING_WRITE,
                Permissions.TAXES_WRITE,
                Permissions.PROMOTIONS_WRITE,
                Permissions.CUSTOMERS_READ,
                Permissions.ORDERS_READ,
                Permissions.ORDERS_CANCEL,
                Permissions.ORDERS_REFUND,
                Permissions.ORDERS_SEND,
                Permissions.CHECKOUT_ON_BEHALF,
                Permissions.CHECKOUT_SET_PLACING_DATE);
    }

    /** All items of a list of the shop, page by page. */
    List<JsonNode> all(String path) {
        return all(shop, path);
    }

    /** All items of a list that this client may read. */
    static List<JsonNode> all(ApiClient client, String path) {
        List<JsonNode> items = new ArrayList<>();
        String separator = path.contains("?") ? "&" : "?";
        String cursor = "";
        do {
            JsonNode page = client.get(path + separator + "limit=100" + cursor);
            page.path("items").forEach(items::add);
            String next = page.path("page").path("next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        } while (!cursor.isEmpty());
        return items;
    }

    static Map<String, String> money(String amount) {
        return Map.of("amount", amount, "currency", CURRENCY);
    }
}
