package org.cartulary.admin;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.pages.Visit;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** The fields of a product as they were typed, or as they begin. */
record ProductForm(Map<String, String> values, boolean featured) {

    private static final List<String> TEXTS = List.of(
            "sku",
            "name",
            "shortDescription",
            "description",
            "price",
            "compareAtPrice",
            "categorySlug",
            "brandSlug",
            "tags",
            "status");

    ProductForm {
        values = Map.copyOf(values);
    }

    static ProductForm of(Visit visit) {
        Map<String, String> values = new HashMap<>();
        TEXTS.forEach(name -> values.put(name, visit.field(name)));
        return new ProductForm(values, visit.has("featured"));
    }

    static ProductForm of(Products.Product product) {
        Map<String, String> values = new HashMap<>();
        values.put("sku", product.sku());
        values.put("name", product.name());
        values.put("shortDescription", text(product.shortDescription()));
        values.put("description", text(product.description()));
        values.put("price", amount(product.price()));
        values.put("compareAtPrice", amount(product.compareAtPrice()));
        values.put(
                "categorySlug",
                product.category() == null ? "" : product.category().slug());
        values.put("brandSlug", product.brand() == null ? "" : product.brand().slug());
        values.put("tags", product.tags() == null ? "" : String.join(", ", product.tags()));
        values.put("status", product.status());
        return new ProductForm(values, product.featured());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String amount(@Nullable Money money) {
        return money == null ? "" : money.amount().toPlainString();
    }

    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** What shall change, as the API takes it. */
    Map<String, Object> change(Visit visit) {
        Map<String, Object> change = draft(visit);
        change.put(
                "clear",
                Typed.emptied(visit, "shortDescription", "description", "compareAtPrice", "categorySlug", "brandSlug"));
        return change;
    }

    /** A product as the API takes it, without what was left empty. */
    Map<String, Object> draft(Visit visit) {
        Map<String, Object> draft = new HashMap<>();
        draft.put("name", value("name"));
        draft.put("shortDescription", visit.fieldOrNull("shortDescription"));
        draft.put("description", visit.fieldOrNull("description"));
        draft.put("price", Typed.money(visit, "price"));
        draft.put("compareAtPrice", Typed.money(visit, "compareAtPrice"));
        draft.put("categorySlug", visit.fieldOrNull("categorySlug"));
        draft.put("brandSlug", visit.fieldOrNull("brandSlug"));
        draft.put("tags", tags());
        draft.put("status", visit.fieldOrNull("status"));
        draft.put("featured", featured);
        return draft;
    }

    private List<String> tags() {
        return Arrays.stream(value("tags").split(",", -1))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }
}
