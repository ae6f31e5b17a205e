package org.cartulary.promotion;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.promotion.PromotedLine;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a purchase meets the conditions of a promotion, but for its limits. Pure.
 *
 * @param firstOrder whether the customer has not ordered before, {@code null} where nobody knows yet
 */
record Meeting(
        List<PromotedLine> lines,
        @Nullable UUID customerId,
        @Nullable Boolean firstOrder,
        Instant now) {

    /** What stands in the way, {@code null} if nothing does. */
    @Nullable Obstacle obstacle(Offer offer) {
        Offer.Conditions conditions = offer.conditions();
        if (offer.status().equals("DRAFT")) {
            return Obstacle.UNKNOWN;
        } else if (offer.status().equals("ENDED")
                || (conditions.endsAt() != null && !now.isBefore(conditions.endsAt()))) {
            return Obstacle.EXPIRED;
        } else if (conditions.startsAt() != null && now.isBefore(conditions.startsAt())) {
            return Obstacle.NOT_STARTED;
        } else if (customerId == null && offer.needsAccount()) {
            return Obstacle.NEEDS_ACCOUNT;
        } else if (conditions.firstOrderOnly() && Boolean.FALSE.equals(firstOrder)) {
            return Obstacle.FIRST_ORDER_ONLY;
        }
        return obstacleOfGoods(conditions);
    }

    private @Nullable Obstacle obstacleOfGoods(Offer.Conditions conditions) {
        Money subtotal = new Basket(lines).subtotal();
        if (conditions.currency() != null && !conditions.currency().equals(subtotal.currencyCode())) {
            return Obstacle.NOT_APPLICABLE;
        } else if (conditions.minimumSubtotal() != null && subtotal.compareTo(conditions.minimumSubtotal()) < 0) {
            return Obstacle.MINIMUM_NOT_REACHED;
        }
        return lines.stream().anyMatch(conditions::isFor) ? null : Obstacle.NOT_APPLICABLE;
    }
}
