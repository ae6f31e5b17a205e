package org.cartulary.tests.support;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.contracts.auth.Permissions;
import tools.jackson.databind.JsonNode;

/** The shop into which the commands import, seen by an integration client with a key of its own. */
public record RetailTenant(HttpShop shop) {

    public static RetailTenant of(HttpShop operator, HttpShop visitor) {
        String tenant = operator.get("/api/v1/admin/tenants?name=online-retail")
                .expect(200)
                .at("/items/0/id")
                .asString();
        JsonNode key = operator.post(
                        "/api/v1/admin/tenants/" + tenant + "/api-keys",
                        Map.of(
                                "name",
                                "journey",
                                "permissions",
                                List.of(
                                        Permissions.ORDERS_READ,
                                        Permissions.STOCK_READ,
                                        Permissions.CATALOG_WRITE,
                                        Permissions.CHECKOUT_ON_BEHALF)))
                .expect(201);
        return new RetailTenant(visitor.bearing(key.path("key").asString()));
    }

    /** The orders of all months. */
    public long orders() {
        return months().valueStream()
                .mapToLong(month -> month.path("orders").asLong())
                .sum();
    }

    /** The report of the months. */
    public JsonNode months() {
        return shop.get("/api/v1/admin/reports/orders-by-month?timeZone=Europe/London")
                .expect(200)
                .path("items");
    }

    /** From stock codes to the ids of the products. */
    public Map<String, String> products() {
        Map<String, String> ids = new TreeMap<>();
        for (JsonNode product :
                shop.get("/api/v1/admin/products?limit=100").expect(200).path("items")) {
            ids.put(product.path("sku").asString(), product.path("id").asString());
        }
        return ids;
    }

    /** What the stock of a product is, over all warehouses. */
    public JsonNode stock(String productId) {
        return shop.get("/api/v1/admin/stock?productId=" + productId)
                .expect(200)
                .path("items");
    }

    /** Tries to sell one unit more. */
    public HttpShop.Answer sellOne(String productId) {
        Map<String, Object> checkout = Map.of(
                "lines",
                List.of(Buyer.item(productId, 1)),
                "email",
                "one-more@guest.example",
                "shippingAddress",
                Buyer.ADDRESS);
        JsonNode opened = shop.postOnce("/api/v1/store/checkouts", checkout).expect(201);
        String id = opened.path("id").asString();
        shop.put(
                        "/api/v1/store/checkouts/" + id + "/shipping-method",
                        Map.of(
                                "shippingMethodId",
                                opened.at("/shippingOptions/0/id").asString()))
                .expect(200);
        return shop.postOnce("/api/v1/store/checkouts/" + id + "/completions", Buyer.CARD);
    }
}
