package org.cartulary.catalog;

import java.util.Arrays;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** The orders of the store's listing. Products with the same key are in the order of their ids. */
enum ProductOrder {
    NEWEST("newest", "p.created_at", "timestamptz", true, true),
    PRICE_ASCENDING("price-asc", "p.price", "numeric", false, false),
    PRICE_DESCENDING("price-desc", "p.price", "numeric", true, false),
    /** Names are ordered by their first 100 characters, so that they fit into a cursor. */
    NAME("name", "left(lower(p.name), 100)", "text", false, false);

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

    static ProductOrder of(@Nullable String label) {
        if (label == null) {
            return NEWEST;
        }
        return Arrays.stream(values())
                .filter(order -> order.label.equals(label))
                .findFirst()
                .orElseThrow(() -> {
                    String detail = "order is one of newest, price-asc, price-desc and name";
                    return ProblemException.unprocessable("invalid-order", detail)
                            .with("?order", "unknown", detail);
                });
    }

    String label() {
        return label;
    }

    /** The SQL expression by which products are ordered. */
    String key() {
        return key;
    }

    /**
     * Whether the application role finds its place in the order by the index. Under row-level security PostgreSQL looks into
     * an index only by what is leakproof; else it reads everything before the place.
     */
    boolean leakproof() {
        return leakproof;
    }

    /** The SQL condition on products after {@code :afterKey} and {@code :afterId}. */
    String after() {
        return "(%s, p.id) %s (:afterKey::%s, :afterId)".formatted(key, descending ? "<" : ">", keyType);
    }

    /** The SQL expressions to order by. */
    String orderBy() {
        String direction = descending ? " DESC" : " ASC";
        return key + direction + ", p.id" + direction;
    }
}
