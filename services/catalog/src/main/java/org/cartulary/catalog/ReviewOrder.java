package org.cartulary.catalog;

import java.time.Instant;
import java.util.Arrays;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** The orders in which the reviews of a product are shown. Those with the same key are in the order of their ids. */
enum ReviewOrder {
    NEWEST("newest", "r.created_at", "timestamptz", true),
    HIGHEST("highest", "r.rating", "smallint", true),
    LOWEST("lowest", "r.rating", "smallint", false);

    private final String label;
    private final String key;
    private final String keyType;
    private final boolean descending;

    ReviewOrder(String label, String key, String keyType, boolean descending) {
        this.label = label;
        this.key = key;
        this.keyType = keyType;
        this.descending = descending;
    }

    /** The order with the label; the newest first without one. */
    static ReviewOrder of(@Nullable String label) {
        if (label == null) {
            return NEWEST;
        }
        return Arrays.stream(values())
                .filter(one -> one.label.equals(label))
                .findFirst()
                .orElseThrow(() -> {
                    String detail = "order is one of newest, highest and lowest";
                    return ProblemException.unprocessable("invalid-order", detail)
                            .with("?order", "unknown", detail);
                });
    }

    String label() {
        return label;
    }

    /** The sort key of a review, as text. */
    String keyOf(int rating, Instant createdAt) {
        return this == NEWEST ? createdAt.toString() : Integer.toString(rating);
    }

    /** The SQL condition on reviews after {@code :afterKey} and {@code :afterId}. */
    String after() {
        return "(%s, r.id) %s (:afterKey::%s, :afterId)".formatted(key, descending ? "<" : ">", keyType);
    }

    /** The SQL expressions to order by. */
    String orderBy() {
        String direction = descending ? " DESC" : " ASC";
        return key + direction + ", r.id" + direction;
    }
}
