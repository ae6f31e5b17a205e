package org.cartulary.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Which products a customer wants to see. Brands are alternatives, and so are the values of one attribute; everything else restricts.
 *
 * @param query words, or a part of a name or sku
 * @param spelling how the words of the query are taken
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
        Spelling spelling,
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
            null,
            Spelling.AS_TYPED,
            null,
            List.of(),
            List.of(),
            Map.of(),
            null,
            null,
            null,
            null,
            SearchLanguages.ENGLISH);

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
                query,
                Spelling.AS_TYPED,
                null,
                List.of(),
                List.of(),
                Map.of(),
                null,
                null,
                null,
                null,
                SearchLanguages.ENGLISH);
    }

    /** Whether words that are spelt alike are meant, too. */
    boolean isCorrected() {
        return spelling.isCorrected();
    }

    /** The same products, with the words of the query taken so. */
    ProductFilter spelt(Spelling other) {
        return with(other, languages);
    }

    /** The same products, with the query as the shop understands it: in its languages, and corrected where that is meant. */
    ProductFilter understood(Transaction tx) {
        return query == null
                ? this
                : with(isCorrected() ? SpellingStore.corrected(tx, query) : spelling, SearchLanguages.current(tx));
    }

    private ProductFilter with(Spelling other, SearchLanguages ofShop) {
        return new ProductFilter(
                query, other, category, brands, tags, attributes, minPrice, maxPrice, inStock, minRating, ofShop);
    }

    /** SQL for the words that are looked for; it looks at {@code :query}, or at {@code :spelt} where they are corrected. */
    String words() {
        return isCorrected() ? languages.corrected() : languages.query();
    }

    /** Names what is asked for, however its words are taken, so that answers and cursors fit no other question. */
    String scope() {
        List<List<Object>> values = attributes.entrySet().stream()
                .map(attribute -> List.<Object>of(attribute.getKey(), attribute.getValue()))
                .toList();
        return Netstrings.of(query, category, brands, tags, values, minPrice, maxPrice, inStock, minRating);
    }
}
