package org.cartulary.promotion;

import java.util.List;
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
import org.springframework.web.bind.annotation.RestController;

/** Promotions as other services see them. */
@RestController
final class PromotionEndpoint implements PromotionApi {

    private final QuotingPromotions quoting;
    private final ClaimingPromotions claiming;
    private final UsageStore usage;
    private final PromotionInvariants invariants;

    PromotionEndpoint(
            QuotingPromotions quoting, ClaimingPromotions claiming, UsageStore usage, PromotionInvariants invariants) {
        this.quoting = quoting;
        this.claiming = claiming;
        this.usage = usage;
        this.invariants = invariants;
    }

    @Override
    public PromotionQuote quote(QuotePromotions query) {
        return quoting.quote(query);
    }

    @Override
    public ClaimPromotionsResult claim(ClaimPromotions command) {
        return claiming.claim(command);
    }

    @Override
    public ReleasePromotionsResult release(ReleasePromotions command) {
        return usage.release(command.orderId(), command.reason()).equals("RELEASED")
                ? new ReleasePromotionsResult.Released()
                : new ReleasePromotionsResult.NothingClaimed();
    }

    @Override
    public FactPage<PromotionFact> facts(FactsAfter query) {
        return new FactPage<>(usage.facts(query));
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return invariants.check();
    }
}
