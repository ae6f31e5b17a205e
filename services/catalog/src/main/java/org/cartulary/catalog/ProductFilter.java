package org.cartulary.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which products a customer wants to see. Brands are alternatives, and so are the values of one attribute; everything else restricts.
 *
 * @param query words, or a part of a name or sku
 * @param similar whether names only similar to the query are meant, because none matches it
 * @param category the slug of a category; those below it are included
 * @param brands slugs
 * @param tags the product has all of them
 * @param minRating the least average of the reviews of a product
 * @param attributes by the name of the attribute, the values that do
 * @param languages in which the query is understood
 * @param inStock whether those in stock are meant, or those that are not; {@code null} for all
 */
record ProductFilter(
        @Nullable String query,
        boolean similar,
        @Nullable String category,
        List<String> brands,
        List<String> tags,
        Map<String, List<String>> attributes,
        @Nullable BigDecimal minPrice,
        @Nullable BigDecimal maxPrice,
        @Nullable Boolean inStock,
        @Nullable BigDecimal minRating,
        SearchLanguages languages) {

    ProductFilter {
        brands = List.copyOf(brands);
        tags = List.copyOf(tags);
    }

    /** Everything that is for sale. */
    static final ProductFilter EVERYTHING = new ProductFilter(
            null, false, null, List.of(), List.of(), Map.of(), null, null, null, null, SearchLanguages.ENGLISH);

    /**
     * Whether all of its conditions are leakproof: row-level security keeps the application role from using an index by others, such
     * as those of texts and documents.
     */
    boolean isLeakproof() {
        return query == null && tags.isEmpty() && attributes.isEmpty();
    }

    /** Whether the price has to be within limits. */
    boolean hasPrices() {
        return minPrice != null || maxPrice != null;
    }

    /** All products for sale that match the query. */
    static ProductFilter of(String query) {
        return new ProductFilter(
                query, false, null, List.of(), List.of(), Map.of(), null, null, null, null, SearchLanguages.ENGLISH);
    }

    /** The same products, or those whose names are similar to the query. */
    ProductFilter withSimilar(boolean ofSimilar) {
        return new ProductFilter(
                query,
                ofSimilar,
                category,
                brands,
                tags,
                attributes,
                minPrice,
                maxPrice,
                inStock,
                minRating,
                languages);
    }

    /** The same products, found in the languages of the shop. */
    ProductFilter in(SearchLanguages ofShop) {
        return new ProductFilter(
                query, similar, category, brands, tags, attributes, minPrice, maxPrice, inStock, minRating, ofShop);
    }

    /** Names what is asked for, whether names match or are similar, so that answers and cursors fit no other question. */
    String scope() {
        List<List<Object>> values = attributes.entrySet().stream()
                .map(attribute -> List.<Object>of(attribute.getKey(), attribute.getValue()))
                .toList();
        return Netstrings.of(query, category, brands, tags, values, minPrice, maxPrice, inStock, minRating);
    }
}
