package org.cartulary.promotion;

import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.promotion.PromotedLine;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A promotion as it applies. Immutable.
 *
 * @param code in capitals, {@code null} for one without a coupon
 * @param status DRAFT, ACTIVE or ENDED
 * @param conditions when it applies
 * @param exclusive whether it applies alone only
 * @param limits how often it may be used
 */
record Offer(
        UUID id,
        String name,
        @Nullable String code,
        String status,
        Benefit benefit,
        Conditions conditions,
        boolean exclusive,
        int priority,
        Limits limits) {

    /** The greatest priority first, among equals the oldest: ids grow with time. */
    static final Comparator<Offer> ORDER = Comparator.comparingInt(Offer::priority)
            .reversed()
            .thenComparing(offer -> offer.id().toString());

    /**
     * When a promotion applies.
     *
     * @param currency that of the goods, {@code null} for any
     * @param minimumSubtotal what all goods together have to cost before any discount
     * @param groupIds the groups of customers that it is for; it is for everybody where there are none
     * @param productIds the products it is for, besides those of the categories; it is for all where both are empty
     */
    record Conditions(
            @Nullable String currency,
            @Nullable Money minimumSubtotal,
            Set<UUID> productIds,
            Set<UUID> categoryIds,
            boolean firstOrderOnly,
            Set<UUID> groupIds,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt) {

        Conditions {
            productIds = Set.copyOf(productIds);
            categoryIds = Set.copyOf(categoryIds);
            groupIds = Set.copyOf(groupIds);
        }

        /** Whether it is for some groups of customers only. */
        boolean isForGroups() {
            return !groupIds.isEmpty();
        }

        /** Whether it is for the product of this line. */
        boolean isFor(PromotedLine line) {
            return (productIds.isEmpty() && categoryIds.isEmpty())
                    || line.productIds().stream().anyMatch(productIds::contains)
                    || line.categoryIds().stream().anyMatch(categoryIds::contains);
        }
    }

    /** Whether all customers together may use it so many times only, and how often each may. */
    record Limits(boolean total, @Nullable Integer perCustomer) {

        boolean any() {
            return total || perCustomer != null;
        }
    }

    /** Whether it is for people whom the shop knows again: guests can be somebody else each time. */
    boolean needsAccount() {
        return conditions.firstOrderOnly() || conditions.isForGroups() || limits.perCustomer() != null;
    }
}
