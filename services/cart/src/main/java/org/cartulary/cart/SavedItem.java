package org.cartulary.cart;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.money.Money;

/**
 * A product that is saved for later.
 *
 * @param quantity how many units, 1 to {@value Cart#MAX_QUANTITY}
 * @param unitPrice at which it was put into the cart that it came from
 */
record SavedItem(UUID productId, int quantity, Money unitPrice, Instant savedAt) {}
