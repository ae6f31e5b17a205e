package org.cartulary.catalog;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A product as the store's listing shows it.
 *
 * @param priceFrom the lowest price at which it can be bought: that of a variant, if it has any for sale
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
        Money priceFrom,
        boolean featured,
        List<String> tags,
        @Nullable String categoryName,
        @Nullable String brandName,
        @Nullable String imageUrl) {}
