package org.cartulary.cart;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.catalog.VariantOf;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has saved for later, as they see it. It reserves nothing and counts in no total.
 *
 * @param items in the order in which they were saved
 * @param removed what the shop has deleted; it is told until it is taken off
 */
record SavedItemsView(List<Item> items, List<CartView.Removed> removed) {

    /**
     * A product that is saved.
     *
     * @param unitPrice today's price
     * @param priceChanged whether it was another when the product was put into the cart that it came from
     * @param available whether the product can be bought at all
     * @param inStock whether as many as are saved are there now
     * @param maximumQuantity how many are there now
     * @param formerPrice the price at which the product was put into the cart that it came from, where today's is another
     * @param variantOf of which product it is a variant, and which; {@code null} for a product
     */
    record Item(
            UUID productId,
            String sku,
            String name,
            @Nullable String imageUrl,
            int quantity,
            Money unitPrice,
            boolean priceChanged,
            boolean available,
            boolean inStock,
            int maximumQuantity,
            @Nullable Money formerPrice,
            @Nullable VariantOf variantOf,
            Instant savedAt) {}
}
