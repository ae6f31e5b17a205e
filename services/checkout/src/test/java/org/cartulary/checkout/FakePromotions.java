package org.cartulary.checkout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.promotion.ClaimPromotions;
import org.cartulary.contracts.promotion.ClaimPromotionsResult;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.promotion.PromotionFact;
import org.cartulary.contracts.promotion.PromotionQuote;
import org.cartulary.contracts.promotion.PromotionUse;
import org.cartulary.contracts.promotion.QuotePromotions;
import org.cartulary.contracts.promotion.RefusedCoupon;
import org.cartulary.contracts.promotion.ReleasePromotions;
import org.cartulary.contracts.promotion.ReleasePromotionsResult;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.jspecify.annotations.Nullable;

/** One promotion in memory that keeps the promises of the contract, for whoever has its code. */
final class FakePromotions implements PromotionApi {

    static final String CODE = "FIVE";

    final UUID id = UUID.randomUUID();
    private final UUID idForEverybody = UUID.randomUUID();
    final List<QuotePromotions> asked = new ArrayList<>();
    final Map<UUID, ClaimPromotions> claimed = new HashMap<>();
    final List<UUID> released = new ArrayList<>();
    private final Crash crash;
    /** What it takes off the first line. */
    volatile Money amount = Shop.eur("5.00");

    volatile boolean freesShipping;
    volatile boolean isForFirstOrders;
    /** Whether another promotion takes off the same for everybody. */
    volatile boolean isForEverybody;
    /** Why it takes nothing off. */
    volatile @Nullable String obstacle;
    /** How many orders may use it. */
    volatile int limit = Integer.MAX_VALUE;

    FakePromotions(Crash crash) {
        this.crash = crash;
    }

    @Override
    public synchronized PromotionQuote quote(QuotePromotions query) {
        asked.add(query);
        List<Discount> discounts = new ArrayList<>();
        List<RefusedCoupon> refused = new ArrayList<>();
        if (isForEverybody && !query.couponsOnly()) {
            discounts.add(new Discount(idForEverybody, null, "For everybody", takenOff(query), false));
        }
        for (String code : query.codes()) {
            String reason = reason(query, code);
            if (reason != null) {
                refused.add(new RefusedCoupon(code, reason));
            } else {
                discounts.add(new Discount(id, CODE, "Five off", takenOff(query), freesShipping));
            }
        }
        return new PromotionQuote(
                discounts, refused, isForFirstOrders && query.firstOrder() == null && !discounts.isEmpty());
    }

    private List<Money> takenOff(QuotePromotions query) {
        List<Money> lines = new ArrayList<>(
                query.lines().stream().map(line -> Shop.eur("0.00")).toList());
        lines.set(0, amount);
        return lines;
    }

    private @Nullable String reason(QuotePromotions query, String code) {
        if (!code.equals(CODE)) {
            return "coupon-unknown";
        }
        return isForFirstOrders && Boolean.FALSE.equals(query.firstOrder()) ? "coupon-first-order-only" : obstacle;
    }

    @Override
    public ClaimPromotionsResult claim(ClaimPromotions command) {
        crash.reach("before promotion.claim");
        ClaimPromotionsResult result = claimOnce(command);
        crash.reach("after promotion.claim");
        return result;
    }

    private synchronized ClaimPromotionsResult claimOnce(ClaimPromotions command) {
        if (released.contains(command.orderId())) {
            return new ClaimPromotionsResult.AlreadyReleased();
        }
        if (!claimed.containsKey(command.orderId()) && claimed.size() >= limit) {
            PromotionUse use = command.uses().getFirst();
            return new ClaimPromotionsResult.Refused(
                    List.of(new ClaimPromotionsResult.RefusedUse(use.promotionId(), use.code(), "coupon-used-up")));
        }
        claimed.put(command.orderId(), command);
        return new ClaimPromotionsResult.Claimed();
    }

    @Override
    public ReleasePromotionsResult release(ReleasePromotions command) {
        crash.reach("before promotion.release");
        synchronized (this) {
            claimed.remove(command.orderId());
            released.add(command.orderId());
        }
        crash.reach("after promotion.release");
        return new ReleasePromotionsResult.Released();
    }

    @Override
    public FactPage<PromotionFact> facts(FactsAfter query) {
        return new FactPage<>(List.of());
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return List.of();
    }
}
