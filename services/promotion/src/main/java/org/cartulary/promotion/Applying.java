package org.cartulary.promotion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.promotion.PromotedLine;
import org.cartulary.platform.money.Money;

/**
 * Applies promotions in their order: the greatest priority first, among equals the oldest. One that is exclusive applies alone:
 * if it is the first, none comes after it, else it does not apply. One that takes nothing off stands in nobody's way. After
 * {@value #MAX_PROMOTIONS} of them no more apply. Pure.
 *
 * @param discounts what they take off
 * @param obstacles what kept others, by their ids
 */
record Applying(List<Discount> discounts, Map<UUID, Obstacle> obstacles) {

    /** As many may apply to one purchase, and be claimed for one order. */
    static final int MAX_PROMOTIONS = 50;

    static Applying of(List<Offer> offers, List<PromotedLine> lines) {
        Basket basket = new Basket(lines);
        List<Discount> discounts = new ArrayList<>();
        Map<UUID, Obstacle> obstacles = new LinkedHashMap<>();
        boolean isClosed = false;
        boolean isShippingFree = false;
        for (Offer offer : offers.stream().sorted(Offer.ORDER).toList()) {
            if (isClosed || discounts.size() == MAX_PROMOTIONS || (offer.exclusive() && !discounts.isEmpty())) {
                obstacles.put(offer.id(), Obstacle.NOT_COMBINABLE);
                continue;
            }
            List<Money> taken = basket.taken(offer);
            boolean freesShipping = offer.benefit() instanceof Benefit.FreeShipping && !isShippingFree;
            if (!freesShipping && taken.stream().allMatch(Money::isZero)) {
                obstacles.put(offer.id(), Obstacle.NOT_APPLICABLE);
                continue;
            }
            basket.take(taken);
            isShippingFree |= freesShipping;
            isClosed = offer.exclusive();
            discounts.add(new Discount(offer.id(), offer.code(), offer.name(), taken, freesShipping));
        }
        return new Applying(discounts, obstacles);
    }
}
