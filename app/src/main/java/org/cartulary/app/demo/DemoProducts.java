package org.cartulary.app.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cartulary.app.client.ApiClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Categories, brands, products, variants and stock of the demo shop. What is there already stays as it is. */
final class DemoProducts {

    private static final int BATCH = 100;
    static final String FIRST_WAREHOUSE = "Utrecht";
    private static final String SECOND_WAREHOUSE = "Leeds";

    /** Of that many units and more, some lie in the second warehouse. */
    private static final int MANY = 60;

    private final DemoClient client;
    private final DemoCatalogue catalogue;

    DemoProducts(DemoClient client, DemoCatalogue catalogue) {
        this.client = client;
        this.catalogue = catalogue;
    }

    /** Makes what is missing and answers with all products of the shop, by sku. */
    Map<String, JsonNode> fill() {
        categories();
        brands();
        Map<String, JsonNode> present = bySku();
        // Shops list what is newest first: what sells best comes last.
        List<Map<String, Object>> missing = catalogue.products().reversed().stream()
                .filter(product -> !present.containsKey(product.sku()))
                .map(this::draft)
                .toList();
        for (int from = 0; from < missing.size(); from += BATCH) {
            client.shop()
                    .post(
                            "/api/v1/admin/products/batches",
                            Map.of("products", missing.subList(from, Math.min(from + BATCH, missing.size()))));
        }
        vary(missing.isEmpty() ? present : bySku());
        Map<String, JsonNode> all = bySku();
        receive(all);
        return all;
    }

    private Map<String, JsonNode> bySku() {
        Map<String, JsonNode> products = new HashMap<>();
        client.all("/api/v1/admin/products")
                .forEach(product -> products.put(product.path("sku").asString(), product));
        return products;
    }

    private void categories() {
        Set<String> present = slugs("/api/v1/admin/categories");
        for (DemoCategory category : catalogue.categories()) {
            if (!present.contains(category.slug())) {
                Map<String, Object> body = new HashMap<>();
                body.put("name", category.name());
                body.put("sortOrder", category.sortOrder());
                body.put("description", category.description());
                if (!category.parent().isEmpty()) {
                    body.put("parentSlug", category.parent());
                }
                client.shop().put("/api/v1/admin/categories/" + category.slug(), body);
            }
        }
    }

    private void brands() {
        Set<String> present = slugs("/api/v1/store/brands");
        for (DemoProduct product : catalogue.products()) {
            if (present.add(product.brandSlug())) {
                client.shop().put("/api/v1/admin/brands/" + product.brandSlug(), Map.of("name", product.brand()));
            }
        }
    }

    private Set<String> slugs(String path) {
        Set<String> slugs = new HashSet<>();
        client.all(path).forEach(one -> slugs.add(one.path("slug").asString()));
        return slugs;
    }

    private Map<String, Object> draft(DemoProduct product) {
        Map<String, Object> draft = new LinkedHashMap<>();
        draft.put("sku", product.sku());
        draft.put("name", product.name());
        int firstSentence = product.description().indexOf('.') + 1;
        draft.put("shortDescription", product.description().substring(0, firstSentence));
        draft.put("description", product.description().substring(firstSentence).strip());
        draft.put("price", DemoClient.money(product.price()));
        if (!product.compareAtPrice().isEmpty()) {
            draft.put("compareAtPrice", DemoClient.money(product.compareAtPrice()));
        }
        draft.put("status", "active");
        draft.put("categorySlug", product.category());
        draft.put("brandSlug", product.brandSlug());
        draft.put("tags", product.tags());
        draft.put("featured", product.featured());
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("colour", product.colour());
        attributes.put("material", product.material());
        if (!product.pattern().equals("plain")) {
            attributes.put("pattern", product.pattern());
        }
        draft.put("attributes", attributes);
        draft.put(
                "specifications",
                List.of(
                        Map.of("name", "Material", "value", product.material()),
                        Map.of("name", "Brand", "value", product.brand())));
        return draft;
    }

    private void vary(Map<String, JsonNode> present) {
        for (DemoProduct product : catalogue.products()) {
            List<DemoVariant> variants = catalogue.variantsOf(product);
            JsonNode there = present.get(product.sku());
            if (variants.isEmpty() || there == null || !there.path("variants").isEmpty()) {
                continue;
            }
            String path = "/api/v1/admin/products/" + there.path("id").asString();
            @Nullable String tag = client.shop().send("GET", path, null, Map.of()).etag();
            if (tag != null) {
                client.shop().send("PUT", path + "/variants", drafts(variants), Map.of("If-Match", tag));
            }
        }
    }

    private static Map<String, Object> drafts(List<DemoVariant> variants) {
        String option = variants.getFirst().option();
        return Map.of(
                "options",
                List.of(Map.of(
                        "name",
                        option,
                        "choices",
                        variants.stream().map(DemoVariant::choice).toList())),
                "variants",
                variants.stream()
                        .map(variant -> Map.of(
                                "sku",
                                variant.sku(),
                                "options",
                                Map.of(option, variant.choice()),
                                "price",
                                DemoClient.money(variant.price())))
                        .toList());
    }

    /** A reference is received once, ever: whoever comes again receives nothing. */
    private void receive(Map<String, JsonNode> present) {
        List<Map<String, Object>> first = new ArrayList<>();
        List<Map<String, Object>> second = new ArrayList<>();
        for (DemoProduct product : catalogue.products()) {
            JsonNode there = present.get(product.sku());
            if (there == null) {
                continue;
            }
            List<DemoVariant> variants = catalogue.variantsOf(product);
            if (variants.isEmpty()) {
                spread(there.path("id").asString(), product.sku(), product.stock(), first, second);
            }
            for (JsonNode sold : there.path("variants")) {
                String sku = sold.path("sku").asString();
                variants.stream()
                        .filter(variant -> variant.sku().equals(sku))
                        .forEach(variant -> spread(sold.path("id").asString(), sku, variant.stock(), first, second));
            }
        }
        arrive(FIRST_WAREHOUSE, first);
        arrive(SECOND_WAREHOUSE, second);
    }

    private static void spread(
            String id, String sku, int units, List<Map<String, Object>> first, List<Map<String, Object>> second) {
        int elsewhere = units >= MANY ? units / 3 : 0;
        if (units > 0) {
            first.add(receipt(id, sku, units - elsewhere));
        }
        if (elsewhere > 0) {
            second.add(receipt(id, sku + ":2", elsewhere));
        }
    }

    private static Map<String, Object> receipt(String id, String reference, int units) {
        return Map.of("productId", id, "quantity", units, "reference", "demo:" + reference);
    }

    private void arrive(String warehouse, List<Map<String, Object>> receipts) {
        ApiClient shop = client.shop();
        for (int from = 0; from < receipts.size(); from += BATCH) {
            shop.post(
                    "/api/v1/admin/stock-receipts/batches",
                    Map.of(
                            "warehouse",
                            warehouse,
                            "receipts",
                            receipts.subList(from, Math.min(from + BATCH, receipts.size()))));
        }
    }
}
