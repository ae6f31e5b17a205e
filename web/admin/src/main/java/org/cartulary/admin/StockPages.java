package org.cartulary.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** What is in stock, why it changed, and what runs out. */
final class StockPages {

    private static final int MOST_WAREHOUSES = 100;

    private StockPages() {}

    static ServerResponse list(Visit visit) {
        Listing listing = Listing.of(visit, "/admin/stock", "warehouse", "low");
        Stock.Rows stock = visit.api().get(listing.addTo(ApiPath.of("admin/stock")), Stock.Rows.class);
        List<UUID> products = stock.items().stream().map(Stock.Row::productId).toList();
        return visit.page(
                "stock",
                Map.of(
                        "listing",
                        listing,
                        "stock",
                        stock,
                        "names",
                        ProductNames.of(visit, products),
                        "warehouses",
                        warehouseRows(visit)));
    }

    static ServerResponse product(Visit visit) {
        return product(visit, null);
    }

    private static ServerResponse product(Visit visit, @Nullable Problem problem) {
        UUID id = uuid(visit.path("id"));
        if (id == null) {
            return visit.notFound();
        }
        Listing listing = Listing.of(visit, "/admin/stock/" + id);
        Map<String, Object> model = new HashMap<>();
        model.put("productId", id);
        model.put("names", ProductNames.of(visit, List.of(id)));
        model.put("listing", listing);
        model.put("stock", visit.api().get(ApiPath.of("admin/stock").with("productId", id), Stock.Rows.class));
        model.put(
                "movements",
                visit.api().get(listing.addTo(ApiPath.of("admin/stock/{id}/movements", id)), Stock.Movements.class));
        model.put("warehouses", warehouseRows(visit));
        model.put("reasons", Stock.REASONS);
        return visit.page("stock-product", model, problem);
    }

    private static @Nullable UUID uuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}") ? UUID.fromString(text) : null;
    }

    static ServerResponse adjust(Visit visit) {
        String id = visit.path("id");
        Map<String, Object> adjustment = new HashMap<>();
        adjustment.put("productId", id);
        adjustment.put("change", Typed.number(visit, "change"));
        adjustment.put("reasonCode", visit.field("reasonCode"));
        adjustment.put("reason", visit.field("reason"));
        adjustment.put("warehouse", visit.fieldOrNull("warehouse"));
        Outcome<JsonNode> outcome = visit.api()
                .withIdempotencyKey(visit.key())
                .post(ApiPath.of("admin/stock-adjustments"), adjustment, JsonNode.class);
        return visit.after(outcome, "/admin/stock/" + id + "?said=stock-adjusted", problem -> product(visit, problem));
    }

    static ServerResponse alerts(Visit visit) {
        return alerts(visit, null);
    }

    private static ServerResponse alerts(Visit visit, @Nullable Problem problem) {
        Listing listing = Listing.of(visit, "/admin/stock-alerts", "closed");
        Stock.Alerts alerts = visit.api().get(listing.addTo(ApiPath.of("admin/stock-alerts")), Stock.Alerts.class);
        return visit.page(
                "stock-alerts",
                Map.of("listing", listing, "alerts", alerts, "names", ProductNames.of(visit, alerts.productIds())),
                problem);
    }

    static ServerResponse acknowledge(Visit visit) {
        Outcome<JsonNode> outcome = visit.api()
                .post(ApiPath.of("admin/stock-alerts/{id}/acknowledgements", visit.path("id")), null, JsonNode.class);
        return visit.after(outcome, "/admin/stock-alerts?said=alert-acknowledged", problem -> alerts(visit, problem));
    }

    static ServerResponse warehouses(Visit visit) {
        return warehouses(visit, null);
    }

    private static ServerResponse warehouses(Visit visit, @Nullable Problem problem) {
        return visit.page("warehouses", Map.of("warehouses", warehouseRows(visit)), problem);
    }

    private static Stock.Warehouses warehouseRows(Visit visit) {
        return visit.api().get(ApiPath.of("admin/warehouses").with("limit", MOST_WAREHOUSES), Stock.Warehouses.class);
    }

    static ServerResponse addWarehouse(Visit visit) {
        Outcome<JsonNode> outcome =
                visit.api().post(ApiPath.of("admin/warehouses"), warehouseOf(visit), JsonNode.class);
        return afterWarehouse(visit, outcome);
    }

    static ServerResponse changeWarehouse(Visit visit) {
        Outcome<JsonNode> outcome = visit.api()
                .withVersion(visit.number("version", 0))
                .put(ApiPath.of("admin/warehouses/{id}", visit.path("id")), warehouseOf(visit), JsonNode.class);
        return afterWarehouse(visit, outcome);
    }

    private static Map<String, Object> warehouseOf(Visit visit) {
        Map<String, Object> warehouse = new HashMap<>();
        warehouse.put("name", visit.field("name"));
        warehouse.put("priority", Typed.number(visit, "priority"));
        warehouse.put("active", visit.has("active"));
        warehouse.put("country", visit.fieldOrNull("country"));
        return warehouse;
    }

    private static ServerResponse afterWarehouse(Visit visit, Outcome<?> outcome) {
        return visit.after(outcome, "/admin/warehouses?said=saved", problem -> warehouses(visit, problem));
    }
}
