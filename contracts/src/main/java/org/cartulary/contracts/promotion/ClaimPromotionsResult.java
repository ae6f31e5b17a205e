package org.cartulary.contracts.promotion;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a claim. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface ClaimPromotionsResult {

    /** The order has a use of each promotion. */
    record Claimed() implements ClaimPromotionsResult {}

    /** The order has none of the uses, because of these promotions. */
    record Refused(List<RefusedUse> uses) implements ClaimPromotionsResult {
        public Refused {
            uses = List.copyOf(uses);
        }
    }

    /** The order has none of the uses, because they were given back before. */
    record AlreadyReleased() implements ClaimPromotionsResult {}

    /**
     * A promotion that cannot be used.
     *
     * @param code the coupon's code, {@code null} for a promotion without one
     * @param reason {@code coupon-used-up}, {@code coupon-customer-limit-reached}, {@code coupon-first-order-only},
     *     {@code coupon-needs-account} or {@code coupon-expired}; the same with {@code promotion-} where there is no coupon
     */
    record RefusedUse(UUID promotionId, @Nullable String code, String reason) {}
}
