package org.cartulary.cart;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.contracts.promotion.ClaimPromotions;
import org.cartulary.contracts.promotion.ClaimPromotionsResult;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.promotion.PromotionFact;
import org.cartulary.contracts.promotion.PromotionQuote;
import org.cartulary.contracts.promotion.QuotePromotions;
import org.cartulary.contracts.promotion.RefusedCoupon;
import org.cartulary.contracts.promotion.ReleasePromotions;
import org.cartulary.contracts.promotion.ReleasePromotionsResult;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;

/** One coupon, POUND, that takes a pound off each line. It refuses, as a remote service does, to be asked in a transaction. */
final class FixedPromotions implements PromotionApi {

    static final String CODE = "POUND";

    final List<QuotePromotions> asked = new ArrayList<>();

    @Override
    public synchronized PromotionQuote quote(QuotePromotions query) {
        Database.requireNoTransaction("asking for promotions");
        asked.add(query);
        if (!query.codes().contains(CODE)) {
            return new PromotionQuote(
                    List.of(),
                    query.codes().stream()
                            .map(code -> new RefusedCoupon(code, "coupon-unknown"))
                            .toList(),
                    false);
        }
        List<Money> lines =
                query.lines().stream().map(line -> Money.parse("1.00", "GBP")).toList();
        return new PromotionQuote(
                List.of(new Discount(Ids.next(), CODE, "A pound off", lines, false)), List.of(), false);
    }

    @Override
    public ClaimPromotionsResult claim(ClaimPromotions command) {
        throw new UnsupportedOperationException("carts claim nothing");
    }

    @Override
    public ReleasePromotionsResult release(ReleasePromotions command) {
        throw new UnsupportedOperationException("carts claim nothing");
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
