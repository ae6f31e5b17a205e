package org.cartulary.contracts.promotion;

import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.platform.remote.CallLength;
import org.cartulary.platform.remote.SafeToRepeat;
import org.cartulary.platform.remote.Takes;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Promotions: what they take off, and how often they may be used. Each call may be repeated: the second answer is the first
 * one's. Thread-safe.
 */
@HttpExchange("/internal/promotions")
public interface PromotionApi extends Reconcilable {

    /** What the shop's promotions take off these lines now, and which of the codes take nothing off. Nothing is claimed. */
    @SafeToRepeat
    @PostExchange("/quotes")
    PromotionQuote quote(@RequestBody QuotePromotions query);

    /** Claims all uses of an order, or none. A use is never claimed beyond a promotion's limits. */
    @SafeToRepeat
    @PostExchange("/claims")
    ClaimPromotionsResult claim(@RequestBody ClaimPromotions command);

    /** Gives back the uses of an order, once; an order that has none is given none later. */
    @SafeToRepeat
    @PostExchange("/releases")
    ReleasePromotionsResult release(@RequestBody ReleasePromotions command);

    /** What is claimed for each order, over all tenants; for the reconciler. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @PostExchange("/facts")
    FactPage<PromotionFact> facts(@RequestBody FactsAfter query);
}
