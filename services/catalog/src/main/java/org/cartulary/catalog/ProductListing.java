package org.cartulary.catalog;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which products a customer wants to see, in which order and from where on.
 *
 * @param after the last product that the customer has seen
 */
record ProductListing(
        ProductFilter filter, ProductOrder order, @Nullable Position after) {

    /** A place in the order: the sort key as text, and the product. */
    record Position(String key, UUID id) {}

    /** Everything that the answer depends on: other than {@link #scope()}, whether names are similar, and from where on. */
    String question() {
        return Netstrings.of(
                scope(), filter.similar(), after == null ? null : after.key(), after == null ? null : after.id());
    }

    /** The same products, from another place on. */
    ProductListing continued(boolean ofSimilar, @Nullable Position position) {
        return new ProductListing(filter.withSimilar(ofSimilar), order, position);
    }

    /** The same products, found in the languages of the shop. */
    ProductListing in(SearchLanguages ofShop) {
        return new ProductListing(filter.in(ofShop), order, after);
    }

    /** Names the list, so that its cursors fit no other. */
    String scope() {
        return "products?" + filter.scope() + "&order=" + order.label();
    }
}
