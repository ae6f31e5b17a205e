package org.cartulary.app.products;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.cartulary.app.client.ApiClient;
import org.cartulary.app.client.ApiException;
import org.cartulary.contracts.auth.Permissions;
import tools.jackson.databind.JsonNode;

/** Lets the operator act for one shop, with what files of products need and nothing else. */
final class ShopKeys {

    private static final int HOURS = 24;

    private ShopKeys() {}

    /**
     * A client with a new key of the shop, which expires after a day.
     *
     * @param tenant the shop's technical name
     * @throws ApiException 404 {@code tenant-not-found} if there is no such shop
     */
    static ApiClient open(ApiClient operator, String tenant) {
        JsonNode found = operator.get("/api/v1/admin/tenants?name=" + URLEncoder.encode(tenant, StandardCharsets.UTF_8))
                .at("/items/0/id");
        if (found.isMissingNode()) {
            throw new ApiException(404, "tenant-not-found", "there is no tenant of the name " + tenant);
        }
        JsonNode key = operator.post(
                "/api/v1/admin/tenants/" + found.asString() + "/api-keys",
                Map.of(
                        "name",
                        "products command",
                        "permissions",
                        List.of(Permissions.CATALOG_BULK),
                        "expiresInHours",
                        HOURS));
        return operator.withKey(key.path("key").asString());
    }
}
