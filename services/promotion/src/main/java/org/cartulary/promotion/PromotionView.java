package org.cartulary.promotion;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A promotion, as {@link PromotionDraft} describes it.
 *
 * @param status DRAFT, ACTIVE or ENDED
 * @param uses how many orders use it now
 */
record PromotionView(
        UUID id,
        String status,
        String name,
        @Nullable String code,
        PromotionDraft.Kind kind,
        @Nullable Integer basisPoints,
        @Nullable Money amount,
        @Nullable Integer buyQuantity,
        @Nullable Integer getQuantity,
        @Nullable Money maximumDiscount,
        @Nullable Money minimumSubtotal,
        List<UUID> productIds,
        List<UUID> categoryIds,
        boolean firstOrderOnly,
        List<UUID> groupIds,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt,
        boolean exclusive,
        int priority,
        @Nullable Integer totalLimit,
        @Nullable Integer customerLimit,
        int uses,
        long version) {}
