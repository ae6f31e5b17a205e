package org.cartulary.app.retail;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cartulary.app.client.ApiClient;
import org.cartulary.contracts.auth.Permissions;
import tools.jackson.databind.JsonNode;

/** The shop into which the data set is imported, and the keys with which it is reached. */
final class RetailShop {

    static final String NAME = "online-retail";
    static final String CURRENCY = "GBP";
    /** The way of sending that costs nothing: postage stands as a line in the file. */
    static final String SHIPPING_METHOD = "As invoiced";

    private static final int KEY_HOURS = 24;

    private RetailShop() {}

    /** The id of the shop, if it was imported. */
    static Optional<String> find(ApiClient operator) {
        for (JsonNode tenant :
                operator.get("/api/v1/admin/tenants?name=" + NAME).path("items")) {
            if (tenant.path("name").asString().equals(NAME)) {
                return Optional.of(tenant.path("id").asString());
            }
        }
        return Optional.empty();
    }

    /** Creates the shop, with limits as wide as the orders in the file. */
    static String create(ApiClient operator) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("currency", CURRENCY);
        settings.put("timeZone", RetailInvoice.ZONE.getId());
        settings.put(
                "orders",
                Map.of(
                        "minimumTotal", 0,
                        "maximumTotal", 1_000_000,
                        "maximumLines", 5_000,
                        "maximumPendingOrders", 10_000,
                        "unpaidMinutes", 30));
        settings.put("reservations", Map.of("minutes", 5, "maximumOpenPerProduct", 10_000));
        settings.put("cartDays", 30);
        settings.put("checkoutMinutes", 10_080);
        return operator.post(
                        "/api/v1/admin/tenants",
                        Map.of(
                                "name",
                                NAME,
                                "displayName",
                                "Online Retail",
                                "hosts",
                                List.of(NAME + ".localhost"),
                                "settings",
                                settings))
                .path("id")
                .asString();
    }

    /**
     * A client that acts for the shop with a new key, which expires after a day. The integration is the same one each time,
     * so that the platform recognises the idempotency keys of an earlier run.
     */
    static ApiClient integration(ApiClient operator, String shop, String purpose) {
        JsonNode key = operator.put(
                "/api/v1/admin/tenants/" + shop + "/integrations/" + NAME + "-" + purpose + "/key",
                Map.of(
                        "permissions",
                        List.of(
                                Permissions.CATALOG_WRITE,
                                Permissions.STOCK_READ,
                                Permissions.STOCK_WRITE,
                                Permissions.CUSTOMERS_READ,
                                Permissions.CUSTOMERS_WRITE,
                                Permissions.SHIPPING_WRITE,
                                Permissions.ORDERS_READ,
                                Permissions.CHECKOUT_ON_BEHALF,
                                Permissions.CHECKOUT_SET_PRICES,
                                Permissions.CHECKOUT_SET_PLACING_DATE),
                        "expiresInHours",
                        KEY_HOURS));
        return operator.withKey(key.path("key").asString());
    }
}
