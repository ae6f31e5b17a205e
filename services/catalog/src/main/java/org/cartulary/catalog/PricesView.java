package org.cartulary.catalog;

import java.util.List;
import java.util.UUID;

/**
 * The prices of a product and its variants besides their own.
 *
 * @param version of the product
 */
record PricesView(UUID productId, List<PriceDraft> prices, long version) {}
