package org.cartulary.catalog;

import java.util.Arrays;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** The orders of the store's listing. Products with the same key are in the order of their ids. */
enum ProductOrder {
    NEWEST("newest", "p.created_at", "timestamptz", true, true),
    PRICE_ASCENDING("price-asc", "p.price", "numeric", false, false),
    PRICE_DESCENDING("price-desc", "p.price", "numeric", true, false),
    RATING("rating", "p.rating_average", "numeric", true, false),
    /** Names are ordered by their first 100 characters, so that they fit into a cursor. */
    NAME("name", "left(lower(p.name), 100)", "text", false, false),
    /**
     * How well a product matches the query: its sku does, before its name begins with it, before its words do, those of the name
     * before those of the description.
     */
    RELEVANCE(
            "relevance",
            "round(((p.sku = :query)::int * 4 + (starts_with(lower(p.name), lower(:query)))::int"
                    + " + ts_rank(p.search_vector, %s))::numeric, 6)",
            "numeric",
            true,
            false);

    private final String label;
    private final String key;
    private final String keyType;
    private final boolean descending;
    private final boolean leakproof;

    ProductOrder(String label, String key, String keyType, boolean descending, boolean leakproof) {
        this.label = label;
        this.key = key;
        this.keyType = keyType;
        this.descending = descending;
        this.leakproof = leakproof;
    }

    /** The order with the label; without one the best matches of a query come first, else the newest products. */
    static ProductOrder of(@Nullable String label, @Nullable String query) {
        if (label == null) {
            return query == null ? NEWEST : RELEVANCE;
        }
        ProductOrder order = Arrays.stream(values())
                .filter(one -> one.label.equals(label))
                .findFirst()
                .orElseThrow(() -> invalid(
                        "unknown", "order is one of newest, price-asc, price-desc, rating, name and relevance"));
        if (order == RELEVANCE && query == null) {
            throw invalid("without-query", "without a query nothing is more relevant than anything else");
        }
        return order;
    }

    private static ProblemException invalid(String code, String detail) {
        return ProblemException.unprocessable("invalid-order", detail).with("?order", code, detail);
    }

    String label() {
        return label;
    }

    /** The SQL expression by which products are ordered; it may look at {@code :query} and {@code :spelt}. */
    String key(ProductFilter filter) {
        return this == RELEVANCE ? key.formatted(filter.words()) : key;
    }

    /** Whether products are ordered by their price. */
    boolean isByPrice() {
        return this == PRICE_ASCENDING || this == PRICE_DESCENDING;
    }

    /**
     * Whether the application role finds its place in the order by the index. Under row-level security PostgreSQL looks into
     * an index only by what is leakproof; else it reads everything before the place.
     */
    boolean leakproof() {
        return leakproof;
    }

    /** The SQL condition on products after {@code :afterKey} and {@code :afterId}. */
    String after(ProductFilter filter) {
        return "(%s, p.id) %s (:afterKey::%s, :afterId)".formatted(key(filter), descending ? "<" : ">", keyType);
    }

    /** The SQL expressions to order by. */
    String orderBy(ProductFilter filter) {
        String direction = descending ? " DESC" : " ASC";
        return key(filter) + direction + ", p.id" + direction;
    }
}
