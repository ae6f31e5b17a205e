package org.cartulary.catalog;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A product as the store's listing shows it.
 *
 * @param lowestPriceOf30Days where the price is reduced, the lowest of the 30 days before, where one is known
 * @param priceFrom the lowest price at which it can be bought: that of a variant, if it has any for sale
 * @param inStock whether it is available, or one of its variants is, as far as the catalogue has been told
 */
record ListedProduct(
        UUID id,
        String sku,
        String slug,
        String name,
        @Nullable String shortDescription,
        String type,
        Money price,
        @Nullable Money compareAtPrice,
        @Nullable Money lowestPriceOf30Days,
        Money priceFrom,
        boolean featured,
        List<String> tags,
        @Nullable String categoryName,
        @Nullable String brandName,
        @Nullable String imageUrl,
        boolean inStock,
        Rating rating) {}
