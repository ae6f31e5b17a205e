package org.cartulary.catalog;

import java.util.List;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * By what the products of a listing can be told apart, and how many there are of each kind. A facet counts what the listing would
 * show if the facet's own filter were left out, so that alternatives to what is chosen can be seen.
 *
 * @param total how many products the listing shows
 * @param categories those that products belong to, within the category that is asked for
 * @param stock how many are in stock, and how many are not
 * @param attributes by name; of more than 50, those that the most products have
 * @param prices the least and the greatest price; {@code null} where there is no product
 */
record Facets(
        long total,
        List<Place> categories,
        List<Place> brands,
        List<Value> tags,
        List<Attribute> attributes,
        Stock stock,
        @Nullable Prices prices) {

    /** A category or a brand. */
    record Place(String slug, String name, long count) {}

    /** A value of a facet. */
    record Value(String value, long count) {}

    /** An attribute with its values, the most frequent first. */
    record Attribute(String name, List<Value> values) {}

    /** How many products there are of which some can be bought, and how many that have run out. */
    record Stock(long inStock, long outOfStock) {}

    /** From the least to the greatest price. */
    record Prices(Money from, Money to) {}
}
