package org.cartulary.storefront;

import java.util.List;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Paths;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;

/**
 * What a list of products is narrowed to. Immutable.
 *
 * @param path the page that shows it
 * @param query words that are looked for
 * @param categories slugs; of a category's page its own
 * @param brands slugs
 * @param attributes as {@code name:value}
 * @param minPrice the least price, a decimal
 * @param maxPrice the greatest price, a decimal
 * @param inStock whether only what can be bought now
 * @param minRating the least average of stars
 * @param order how the list is ordered, {@code null} as the shop likes
 * @param ofCategory whether it is the page of a category
 */
record Filters(
        String path,
        String query,
        List<String> categories,
        List<String> brands,
        List<String> attributes,
        @Nullable String minPrice,
        @Nullable String maxPrice,
        boolean inStock,
        @Nullable String minRating,
        @Nullable String order,
        boolean ofCategory) {

    static Filters of(Visit visit, @Nullable String category) {
        return new Filters(
                category == null ? "/search" : "/categories/" + Paths.encoded(category),
                visit.field("query"),
                category == null ? visit.fields("category") : List.of(category),
                visit.fields("brand"),
                visit.fields("attribute"),
                visit.fieldOrNull("minPrice"),
                visit.fieldOrNull("maxPrice"),
                visit.has("inStock"),
                visit.fieldOrNull("minRating"),
                visit.fieldOrNull("order"),
                category != null);
    }

    ApiPath addTo(ApiPath path) {
        return path.with("query", query)
                .withAll("category", categories)
                .withAll("brand", brands)
                .withAll("attribute", attributes)
                .with("minPrice", decimal(minPrice))
                .with("maxPrice", decimal(maxPrice))
                .with("inStock", inStock ? "true" : null)
                .with("minRating", minRating);
    }

    /** People write decimals with a comma, too. */
    private static @Nullable String decimal(@Nullable String text) {
        return text == null ? null : text.replace(',', '.');
    }

    public boolean hasBrand(String slug) {
        return brands.contains(slug);
    }

    public boolean hasCategory(String slug) {
        return categories.contains(slug);
    }

    public boolean hasAttribute(String name, String value) {
        return attributes.contains(name + ":" + value);
    }

    /** Whether anything narrows the list but words and the page's own category. */
    public boolean isNarrowed() {
        return !brands.isEmpty()
                || !attributes.isEmpty()
                || minPrice != null
                || maxPrice != null
                || inStock
                || minRating != null
                || (!ofCategory && !categories.isEmpty());
    }

    /** The page without what narrows it. */
    public String wideAddress() {
        return query.isEmpty() ? path : path + "?query=" + Paths.encoded(query);
    }

    /** The page of the same list that begins there. */
    String address(@Nullable String cursor) {
        StringBuilder address = new StringBuilder(path).append('?');
        append(address, "query", query);
        if (!ofCategory) {
            categories.forEach(slug -> append(address, "category", slug));
        }
        brands.forEach(slug -> append(address, "brand", slug));
        attributes.forEach(attribute -> append(address, "attribute", attribute));
        append(address, "minPrice", minPrice);
        append(address, "maxPrice", maxPrice);
        append(address, "inStock", inStock ? "true" : null);
        append(address, "minRating", minRating);
        append(address, "order", order);
        append(address, "cursor", cursor);
        return address.substring(0, address.length() - 1);
    }

    private static void append(StringBuilder address, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            address.append(name).append('=').append(Paths.encoded(value)).append('&');
        }
    }
}
