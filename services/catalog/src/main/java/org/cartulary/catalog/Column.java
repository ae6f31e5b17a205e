package org.cartulary.catalog;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A column of a CSV file of products. All but the amounts and the currency are fields of {@link ProductLine} of the same name. */
enum Column {
    SKU("sku", Kind.TEXT),
    SLUG("slug", Kind.TEXT),
    NAME("name", Kind.TEXT),
    TYPE("type", Kind.TEXT),
    STATUS("status", Kind.TEXT),
    PRICE("price", Kind.AMOUNT),
    COMPARE_AT_PRICE("compareAtPrice", Kind.AMOUNT),
    COST("cost", Kind.AMOUNT),
    CURRENCY("currency", Kind.CURRENCY),
    CATEGORY_SLUG("categorySlug", Kind.TEXT),
    BRAND_SLUG("brandSlug", Kind.TEXT),
    MANUFACTURER_SLUG("manufacturerSlug", Kind.TEXT),
    VENDOR_ID("vendorId", Kind.TEXT),
    TAGS("tags", Kind.JSON),
    DESCRIPTION("description", Kind.TEXT),
    SHORT_DESCRIPTION("shortDescription", Kind.TEXT),
    TAX_CATEGORY("taxCategory", Kind.TEXT),
    WEIGHT_KG("weightKg", Kind.NUMBER),
    FEATURED("featured", Kind.BOOLEAN),
    DIMENSIONS("dimensions", Kind.JSON),
    ATTRIBUTES("attributes", Kind.JSON),
    METADATA("metadata", Kind.JSON),
    IMAGES("images", Kind.JSON),
    SPECIFICATIONS("specifications", Kind.JSON),
    OPTIONS("options", Kind.JSON),
    VARIANTS("variants", Kind.JSON),
    PRICES("prices", Kind.JSON);

    /** How a cell is to be read. */
    enum Kind {
        TEXT,
        /** An amount of money, in the currency of the line, else of the shop. */
        AMOUNT,
        CURRENCY,
        NUMBER,
        BOOLEAN,
        JSON
    }

    private static final Map<String, Column> BY_TITLE =
            Arrays.stream(values()).collect(Collectors.toMap(Column::title, Function.identity()));

    private final String title;
    private final Kind kind;

    Column(String title, Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    static Map<String, Column> byTitle() {
        return BY_TITLE;
    }
}
