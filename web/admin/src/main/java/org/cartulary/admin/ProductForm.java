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

    /** As the API takes it; what is left empty that cannot be emptied stays as it is. */
    Map<String, Object> request(Visit visit) {
        Map<String, Object> request = new HashMap<>();
        request.put("name", value("name"));
        request.put("shortDescription", value("shortDescription"));
        request.put("description", value("description"));
        request.put("price", Typed.money(visit, "price"));
        request.put("compareAtPrice", Typed.money(visit, "compareAtPrice"));
        request.put("categorySlug", visit.fieldOrNull("categorySlug"));
        request.put("brandSlug", visit.fieldOrNull("brandSlug"));
        request.put("tags", tags());
        request.put("status", visit.fieldOrNull("status"));
        request.put("featured", featured);
        return request;
    }

    private List<String> tags() {
        return Arrays.stream(value("tags").split(",", -1))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }
}
