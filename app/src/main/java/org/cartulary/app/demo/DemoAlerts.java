package org.cartulary.app.demo;

import java.util.Map;
import org.cartulary.app.client.ApiClient;
import tools.jackson.databind.JsonNode;

/** Says of what there is little when it is to be ordered anew, so that the shop is told of it. What was said before stays. */
final class DemoAlerts {

    private static final int FEW = 6;
    private static final int REORDER_POINT = 10;
    private static final int REORDER_QUANTITY = 40;

    private final DemoClient client;

    DemoAlerts(DemoClient client) {
        this.client = client;
    }

    /** Sets the points that are missing, in the warehouse where the little there is lies. */
    void fill(DemoCatalogue catalogue, Map<String, JsonNode> inShop) {
        String warehouse = client.all("/api/v1/admin/warehouses").stream()
                .filter(one -> one.path("name").asString().equals(DemoProducts.FIRST_WAREHOUSE))
                .map(one -> one.path("id").asString())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing has arrived in the first warehouse"));
        for (DemoProduct product : catalogue.products()) {
            JsonNode there = inShop.get(product.sku());
            if (there != null
                    && product.stock() > 0
                    && product.stock() < FEW
                    && catalogue.variantsOf(product).isEmpty()) {
                set("/api/v1/admin/stock/" + there.path("id").asString() + "/warehouses/" + warehouse
                        + "/reorder-point");
            }
        }
    }

    private void set(String path) {
        ApiClient.Answer present = client.shop().send("GET", path, null, Map.of());
        String tag = present.etag();
        if (tag != null && present.body().path("reorderPoint").asInt() == 0) {
            client.shop()
                    .send(
                            "PUT",
                            path,
                            Map.of("reorderPoint", REORDER_POINT, "reorderQuantity", REORDER_QUANTITY),
                            Map.of("If-Match", tag));
        }
    }
}
