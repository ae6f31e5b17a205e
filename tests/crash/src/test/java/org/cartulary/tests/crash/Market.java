package org.cartulary.tests.crash;

import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Merchant;

/** A shop in which every product has a price of its own, so that the provider's books tell whose money it is. */
record Market(Merchant merchant, HttpShop visitor, AtomicInteger prices, String couponCode) {

    private static final BigDecimal SHIPPING = new BigDecimal("4.90");
    private static final int UNITS = 3;

    /** A product that nobody else buys. */
    record Offer(String product, BigDecimal total) {

        Scenario.State untouched() {
            return new Scenario.State(UNITS, 0, BigDecimal.ZERO);
        }

        Scenario.State bought() {
            return new Scenario.State(UNITS - 1, 1, total);
        }
    }

    static Market open(Merchant merchant, HttpShop visitor, AtomicInteger prices) {
        merchant.sendEverywhere();
        String code = "CRASH-" + prices.incrementAndGet();
        merchant.promotion(Map.of("kind", "FIXED_AMOUNT", "code", code, "amount", Merchant.Money.euros("1.00")));
        return new Market(merchant, visitor, prices, code);
    }

    Offer offer() {
        BigDecimal price = BigDecimal.valueOf(1_000L + prices.incrementAndGet(), 2);
        return new Offer(merchant.product(price.toPlainString(), UNITS), price.add(SHIPPING));
    }

    /** One that is dearer than all others, with a euro off: what it costs in the end, nothing else does. */
    Offer offerWithCoupon() {
        BigDecimal price = BigDecimal.valueOf(51_000L + prices.incrementAndGet(), 2);
        return new Offer(
                merchant.product(price.toPlainString(), UNITS),
                price.add(SHIPPING).subtract(BigDecimal.ONE));
    }

    /** As {@link #completion}, with the coupon. */
    Supplier<HttpShop.Answer> completionWithCoupon(Offer offer, String card) {
        Buyer guest = Buyer.guest(visitor);
        return completing(guest, guest.checkout(guest.cart(offer.product(), 1), couponCode), card);
    }

    /** The completion of a new guest's checkout, always under the same key. */
    Supplier<HttpShop.Answer> completion(Offer offer, String card) {
        Buyer guest = Buyer.guest(visitor);
        return completing(guest, guest.checkout(guest.cart(offer.product(), 1)), card);
    }

    private static Supplier<HttpShop.Answer> completing(Buyer guest, String checkout, String card) {
        String path = "/api/v1/store/checkouts/" + checkout + "/completions";
        String key = UUID.randomUUID().toString();
        Map<String, Object> payment = Buyer.card(card);
        return () -> guest.shop().post(path, payment, key);
    }
}
