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
record Market(Merchant merchant, HttpShop visitor, AtomicInteger prices) {

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
        return new Market(merchant, visitor, prices);
    }

    Offer offer() {
        BigDecimal price = BigDecimal.valueOf(1_000L + prices.incrementAndGet(), 2);
        return new Offer(merchant.product(price.toPlainString(), UNITS), price.add(SHIPPING));
    }

    /** The completion of a new guest's checkout, always under the same key. */
    Supplier<HttpShop.Answer> completion(Offer offer, String card) {
        Buyer guest = Buyer.guest(visitor);
        String path = "/api/v1/store/checkouts/" + guest.checkout(guest.cart(offer.product(), 1)) + "/completions";
        String key = UUID.randomUUID().toString();
        Map<String, Object> payment = Buyer.card(card);
        return () -> guest.shop().post(path, payment, key);
    }
}
