package org.cartulary.order;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.promotion.ClaimPromotions;
import org.cartulary.contracts.promotion.ClaimPromotionsResult;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.promotion.PromotionFact;
import org.cartulary.contracts.promotion.PromotionQuote;
import org.cartulary.contracts.promotion.QuotePromotions;
import org.cartulary.contracts.promotion.ReleasePromotions;
import org.cartulary.contracts.promotion.ReleasePromotionsResult;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.reconciliation.InvariantResult;

/** Which orders have given back what they used of promotions. */
final class FakePromotions implements PromotionApi {

    final Set<UUID> released = new HashSet<>();
    private final Crash crash;

    FakePromotions(Crash crash) {
        this.crash = crash;
    }

    @Override
    public ReleasePromotionsResult release(ReleasePromotions command) {
        crash.reach("before promotion.release");
        synchronized (this) {
            released.add(command.orderId());
        }
        crash.reach("after promotion.release");
        return new ReleasePromotionsResult.Released();
    }

    @Override
    public PromotionQuote quote(QuotePromotions query) {
        throw new UnsupportedOperationException("orders do not ask for promotions");
    }

    @Override
    public ClaimPromotionsResult claim(ClaimPromotions command) {
        throw new UnsupportedOperationException("orders do not claim promotions");
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
