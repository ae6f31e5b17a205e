package org.cartulary.cart;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.promotion.Discount;
import org.cartulary.contracts.promotion.PromotedLine;
import org.cartulary.contracts.promotion.PromotionApi;
import org.cartulary.contracts.promotion.PromotionQuote;
import org.cartulary.contracts.promotion.QuotePromotions;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** What the coupon of a cart takes off, or why it takes nothing off. Nothing is asked of a cart without one. Thread-safe. */
record CartCoupons(PromotionApi promotions) {

    /** The code as it is kept. */
    static String canonical(String code) {
        return code.strip().toUpperCase(Locale.ROOT);
    }

    /**
     * The coupon as the cart's owner sees it; {@code null} where there is none.
     *
     * @param lines those that can be bought, at today's prices
     */
    CartView.@Nullable Coupon of(StoredCart cart, List<CartView.Line> lines, Map<UUID, CatalogProduct> products) {
        String code = cart.couponCode();
        if (code == null) {
            return null;
        }
        Money nothing = Money.zero(Money.currencyOf(cart.currency()));
        if (lines.isEmpty()) {
            return new CartView.Coupon(code, nothing, false, "coupon-not-applicable");
        }
        PromotionQuote quote = promotions.quote(new QuotePromotions(
                lines.stream().map(line -> promoted(line, products)).toList(),
                cart.customerId(),
                List.of(code),
                false,
                null));
        if (!quote.refused().isEmpty()) {
            return new CartView.Coupon(
                    code, nothing, false, quote.refused().getFirst().reason());
        }
        Discount discount = quote.discounts().stream()
                .filter(one -> code.equals(one.code()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a coupon takes something off or is refused"));
        return new CartView.Coupon(
                code, Money.sum(discount.lines(), nothing.currency()), discount.freeShipping(), null);
    }

    private static PromotedLine promoted(CartView.Line line, Map<UUID, CatalogProduct> products) {
        CatalogProduct product = products.get(line.productId());
        return new PromotedLine(
                product == null ? List.of(line.productId()) : product.productIds(),
                product == null ? List.of() : product.categoryIds(),
                line.quantity(),
                line.unitPrice());
    }
}
