package org.cartulary.checkout;

import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.FindEarlierOrders;
import org.cartulary.contracts.order.OrderApi;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.promotion.PromotedLine;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.promotion.PromotionQuote;
import org.cartulary.contracts.promotion.QuotePromotions;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** What promotions take off the lines of a checkout. Thread-safe. */
record PromotingLines(PromotionApi promotions, OrderApi orders) {

    /**
     * What is taken off, or which of the coupons takes nothing off.
     *
     * @param isEntered whether an order of another time is entered: what today's promotions take off without a coupon it never had
     */
    List<Discount> discounts(
            List<CheckoutLine> lines,
            Currency currency,
            @Nullable UUID customerId,
            List<String> couponCodes,
            boolean isEntered) {
        if (isEntered && couponCodes.isEmpty()) {
            return List.of();
        }
        PromotionQuote quote = quote(lines, currency, customerId, couponCodes, isEntered);
        if (!quote.refused().isEmpty()) {
            throw CouponProblems.of(quote.refused(), couponCodes);
        }
        return quote.discounts();
    }

    /** Why the checkout cannot be completed with what was taken off when it was opened; {@code null} if it can. */
    @Nullable ProblemException recheck(CheckoutSession session) {
        if (session.discounts().isEmpty()) {
            return null;
        }
        PromotionQuote quote = quote(
                session.lines(),
                session.totals().currency(),
                session.customerId(),
                session.couponCodes(),
                session.placedAt() != null);
        if (!quote.refused().isEmpty()) {
            return CouponProblems.of(quote.refused(), session.couponCodes());
        }
        return unnamed(quote.discounts()).equals(unnamed(session.discounts()))
                ? null
                : ProblemException.conflict(
                        "discount-changed",
                        "what promotions take off has changed since the checkout was opened: open a new one");
    }

    /** A promotion may be called something else meanwhile. */
    private static List<Discount> unnamed(List<Discount> discounts) {
        return discounts.stream()
                .map(discount -> new Discount(
                        discount.promotionId(), discount.code(), "", discount.lines(), discount.freeShipping()))
                .toList();
    }

    private PromotionQuote quote(
            List<CheckoutLine> lines,
            Currency currency,
            @Nullable UUID customerId,
            List<String> couponCodes,
            boolean couponsOnly) {
        List<PromotedLine> promoted = lines.stream()
                .map(line ->
                        new PromotedLine(line.productIds(), line.categoryIds(), line.quantity(), line.price(currency)))
                .toList();
        PromotionQuote quote =
                promotions.quote(new QuotePromotions(promoted, customerId, couponCodes, couponsOnly, null));
        if (!quote.dependsOnFirstOrder() || customerId == null) {
            return quote;
        }
        boolean isFirst = !orders.findEarlier(new FindEarlierOrders(customerId)).any();
        return promotions.quote(new QuotePromotions(promoted, customerId, couponCodes, couponsOnly, isFirst));
    }
}
