package org.cartulary.inventory;

import java.util.UUID;
import org.cartulary.platform.money.Money;

/**
 * What a supplier offers.
 *
 * @param sku how the supplier calls it
 * @param price for one
 * @param minimumQuantity how many units have to be ordered at least
 */
record SupplierProduct(UUID productId, String sku, Money price, int minimumQuantity) {}
