package org.cartulary.catalog;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which products a customer wants to see, and from where on.
 *
 * @param query words, or a part of a name or sku
 * @param similar whether names only similar to the query are meant, because none matches it
 * @param category the slug of a category; those below it are included
 * @param after the last product that the customer has seen
 */
record ProductListing(
        @Nullable String query,
        boolean similar,
        @Nullable String category,
        @Nullable String brand,
        @Nullable String tag,
        @Nullable BigDecimal minPrice,
        @Nullable BigDecimal maxPrice,
        ProductOrder order,
        @Nullable Position after) {

    /** A place in the order: the sort key as text, and the product. */
    record Position(String key, UUID id) {}

    /** The same products, from another place on. */
    ProductListing continued(boolean ofSimilar, @Nullable Position position) {
        return new ProductListing(query, ofSimilar, category, brand, tag, minPrice, maxPrice, order, position);
    }

    /** Names the list, so that its cursors fit no other. */
    String scope() {
        return "products?query=%s&category=%s&brand=%s&tag=%s&min=%s&max=%s&order=%s"
                .formatted(query, category, brand, tag, minPrice, maxPrice, order.label());
    }
}
