package org.cartulary.catalog;

import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A price besides the one that a product or variant has.
 *
 * @param variantId the variant; the product where it is left out
 * @param price in the shop's currency for a time, or in another one
 * @param startsAt from when on; always where it is left out
 * @param endsAt until when, which is not included; for ever where it is left out
 */
record PriceDraft(
        @Nullable UUID variantId,
        @NotNull Money price,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt) {

    boolean forATime() {
        return startsAt != null || endsAt != null;
    }
}
