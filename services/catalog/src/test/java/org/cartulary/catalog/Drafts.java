package org.cartulary.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Products to write in tests. */
final class Drafts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Drafts() {}

    /** At the prices that apply now, in the currency of the shop. */
    static Asked now() {
        return new Asked(Instant.now(), null);
    }

    static Money pounds(String amount) {
        return Money.parse(amount, "GBP");
    }

    static ProductDraft product(String sku, String name, String price) {
        return with(sku, name, price, Map.of());
    }

    /** A product with further fields, as JSON has them. */
    static ProductDraft with(String sku, String name, String price, Map<String, ? extends @Nullable Object> fields) {
        var content = JSON.createObjectNode();
        content.put("sku", sku).put("name", name).set("price", JSON.valueToTree(pounds(price)));
        content.setAll(JSON.<tools.jackson.databind.node.ObjectNode>valueToTree(fields));
        return JSON.treeToValue(content, ProductDraft.class);
    }

    static CategoryDraft category(String name, @Nullable String parent) {
        return new CategoryDraft(name, parent, null, null, null, null, null);
    }

    static ProductChange change(Map<String, ? extends @Nullable Object> fields) {
        return JSON.convertValue(fields, ProductChange.class);
    }

    static ProductBatch batch(ProductDraft... drafts) {
        return new ProductBatch(List.of(drafts));
    }
}
