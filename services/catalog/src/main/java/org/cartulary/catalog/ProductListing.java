package org.cartulary.catalog;

import java.util.UUID;
import org.cartulary.platform.database.Transaction;
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

    /** Everything that the answer depends on: other than {@link #scope()}, how words are taken, and from where on. */
    String question() {
        return Netstrings.of(
                scope(), filter.isCorrected(), after == null ? null : after.key(), after == null ? null : after.id());
    }

    /** The same products, with the words of the query taken so, from another place on. */
    ProductListing continued(Spelling spelling, @Nullable Position position) {
        return new ProductListing(filter.spelt(spelling), order, position);
    }

    /** The same products, with the query as the shop understands it. */
    ProductListing understood(Transaction tx) {
        return new ProductListing(filter.understood(tx), order, after);
    }

    /** Names the list, so that its cursors fit no other. */
    String scope() {
        return "products?" + filter.scope() + "&order=" + order.label();
    }
}
