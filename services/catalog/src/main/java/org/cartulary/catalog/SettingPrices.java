package org.cartulary.catalog;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;

/** Sets prices for a time and in other currencies, and says in the caller's words why it cannot. Thread-safe. */
final class SettingPrices {

    private final ProductStore products;
    private final PriceStore prices;

    SettingPrices(ProductStore products, PriceStore prices) {
        this.products = products;
        this.prices = prices;
    }

    /** Replaces the prices, if the product still has the version that the caller has read. */
    void set(UUID productId, long expectedVersion, List<PriceDraft> drafts) {
        ProductView product = products.get(productId);
        if (product == null) {
            throw WritingProducts.notFound();
        }
        requirePrices(
                drafts,
                drafts.stream().map(PriceDraft::variantId).toList(),
                product.price().currencyCode());
        switch (write(productId, expectedVersion, drafts)) {
            case CHANGED -> {}
            case STALE -> throw ETags.stale();
            case MISSING -> throw WritingProducts.notFound();
        }
    }

    private PriceStore.Outcome write(UUID productId, long expectedVersion, List<PriceDraft> drafts) {
        try {
            return prices.set(productId, expectedVersion, drafts);
        } catch (DataIntegrityViolationException violation) {
            if (String.valueOf(violation.getMessage()).contains("ex_product_prices_overlap")) {
                throw ProblemException.unprocessable(
                        "prices-overlap", "at no time are there two prices of one thing in one currency");
            }
            throw violation;
        }
    }

    /**
     * Refuses prices that contradict one another.
     *
     * @param variants for each price whose it is, in whatever way variants are told apart; null for the product's
     */
    static void requirePrices(
            List<PriceDraft> drafts, List<? extends @Nullable Object> variants, String currencyOfTheShop) {
        record Listed(@Nullable Object variant, String currency) {}
        Set<Listed> listed = new HashSet<>();
        for (int i = 0; i < drafts.size(); i++) {
            PriceDraft draft = drafts.get(i);
            String pointer = "/prices/" + i;
            String currency = draft.price().currencyCode();
            if (draft.price().isNegative()) {
                throw invalid(pointer + "/price", "a price is not negative");
            }
            Instant start = draft.startsAt();
            Instant end = draft.endsAt();
            if (start != null && end != null && !start.isBefore(end)) {
                throw invalid(pointer + "/endsAt", "a price ends after it has started");
            }
            if (!draft.forATime() && currency.equals(currencyOfTheShop)) {
                throw invalid(pointer, "in the shop's currency, product and variants have a price of their own");
            }
            if (!draft.forATime() && !listed.add(new Listed(variants.get(i), currency))) {
                throw invalid(pointer, "there is one price in a currency for ever");
            }
        }
    }

    private static ProblemException invalid(String pointer, String detail) {
        return ProblemException.unprocessable("invalid-price", detail).with(pointer, "invalid", detail);
    }
}
