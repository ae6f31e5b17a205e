package org.cartulary.contracts.promotion;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Claims a use of each promotion for an order.
 *
 * @param orderId the order, which also is the key under which the call may be repeated
 * @param customerId who buys, {@code null} for a guest
 * @param uses at least one, each promotion at most once
 */
public record ClaimPromotions(UUID orderId, @Nullable UUID customerId, List<PromotionUse> uses) {

    public ClaimPromotions {
        uses = List.copyOf(uses);
    }
}
