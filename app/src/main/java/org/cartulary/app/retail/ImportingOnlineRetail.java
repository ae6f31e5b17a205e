package org.cartulary.app.retail;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import me.tongfei.progressbar.ProgressBar;
import org.cartulary.app.client.ApiClient;
import org.cartulary.app.console.Progress;
import tools.jackson.databind.JsonNode;

/**
 * Makes the shop {@code online-retail} out of the file: categories, products with the stock that was sold, customers and
 * a way of sending. It may be repeated: what is there already stays as it is.
 */
public final class ImportingOnlineRetail {

    private static final int BATCH = 500;

    private final ApiClient operator;
    private final Map<String, Map<String, Integer>> outcomes = new TreeMap<>();

    /** An import that acts as the platform's operator. */
    public ImportingOnlineRetail(ApiClient operator) {
        this.operator = operator;
    }

    /**
     * What the import did.
     *
     * @param outcomes from kinds of records to the number of each outcome, such as {@code created}
     */
    public record Result(Map<String, Map<String, Integer>> outcomes) {

        /** Whether it changed anything. */
        public boolean changed() {
            return outcomes.values().stream()
                    .flatMap(counts -> counts.keySet().stream())
                    .anyMatch(
                            outcome -> Set.of("created", "updated", "received").contains(outcome));
        }
    }

    Result run(RetailDataset dataset) {
        String shop = RetailShop.find(operator).orElse(null);
        count("shop", shop == null ? "created" : "unchanged");
        if (shop == null) {
            shop = RetailShop.create(operator);
        }
        ApiClient client = RetailShop.integration(operator, shop, "import");
        categories(client);
        Map<String, String> ids = products(client, dataset.products());
        stock(client, dataset.products(), ids);
        customers(client, dataset.customers());
        shipping(client);
        return new Result(outcomes);
    }

    private void categories(ApiClient client) {
        for (RetailCategory category : EnumSet.allOf(RetailCategory.class)) {
            int status = client.send(
                            "PUT",
                            "/api/v1/admin/categories/" + category.slug(),
                            Map.of("name", category.title()),
                            Map.of())
                    .status();
            count("categories", status == 201 ? "created" : "unchanged");
        }
    }

    private Map<String, String> products(ApiClient client, List<RetailDataset.Product> products) {
        Map<String, String> ids = new HashMap<>();
        try (ProgressBar progress = Progress.of("products", products.size())) {
            for (List<RetailDataset.Product> some : batches(products)) {
                List<Map<String, Object>> bodies = new ArrayList<>();
                for (RetailDataset.Product product : some) {
                    bodies.add(Map.of(
                            "sku", product.stockCode(),
                            "name", product.name(),
                            "price", Map.of("amount", product.price().toPlainString(), "currency", RetailShop.CURRENCY),
                            "type", product.category().isService() ? "service" : "simple",
                            "categorySlug", product.category().slug()));
                }
                for (JsonNode result : client.post("/api/v1/admin/products/batches", Map.of("products", bodies))
                        .path("results")) {
                    ids.put(result.path("sku").asString(), result.path("id").asString());
                    count("products", result.path("outcome").asString());
                }
                progress.stepBy(some.size());
            }
        }
        return ids;
    }

    private void stock(ApiClient client, List<RetailDataset.Product> products, Map<String, String> ids) {
        try (ProgressBar progress = Progress.of("stock", products.size())) {
            for (List<RetailDataset.Product> some : batches(products)) {
                List<Map<String, Object>> receipts = new ArrayList<>();
                for (RetailDataset.Product product : some) {
                    receipts.add(Map.of(
                            "productId", ids.get(product.stockCode()),
                            "quantity", product.units(),
                            "reference", RetailShop.NAME + ":" + product.stockCode()));
                }
                for (JsonNode result : client.post("/api/v1/admin/stock-receipts/batches", Map.of("receipts", receipts))
                        .path("results")) {
                    count("stock", result.path("outcome").asString());
                }
                progress.stepBy(some.size());
            }
        }
    }

    private void customers(ApiClient client, Map<String, String> countries) {
        List<Map.Entry<String, String>> customers = new ArrayList<>(new TreeMap<>(countries).entrySet());
        try (ProgressBar progress = Progress.of("customers", customers.size())) {
            for (List<Map.Entry<String, String>> some : batches(customers)) {
                List<Map<String, Object>> bodies = new ArrayList<>();
                for (Map.Entry<String, String> customer : some) {
                    bodies.add(Map.of(
                            "customerNumber", customer.getKey(),
                            "email", RetailOrders.emailOfCustomer(customer.getKey()),
                            "country", RetailCountries.code(customer.getValue())));
                }
                for (JsonNode result : client.post("/api/v1/admin/customers/batches", Map.of("customers", bodies))
                        .path("results")) {
                    count("customers", result.path("outcome").asString());
                }
                progress.stepBy(some.size());
            }
        }
    }

    private void shipping(ApiClient client) {
        Map<String, Object> method = Map.of(
                "name",
                RetailShop.SHIPPING_METHOD,
                "price",
                Map.of("amount", "0.00", "currency", RetailShop.CURRENCY),
                "estimatedDays",
                3);
        int status = client.send(
                        "PUT",
                        "/api/v1/admin/shipping-zones/everywhere",
                        Map.of("countries", List.of("*"), "states", List.of(), "methods", List.of(method)),
                        Map.of())
                .status();
        count("shipping zones", status == 201 ? "created" : "unchanged");
    }

    private void count(String kind, String outcome) {
        outcomes.computeIfAbsent(kind, any -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
    }

    private static <T> List<List<T>> batches(List<T> all) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(all.size(), from + BATCH)));
        }
        return batches;
    }
}
