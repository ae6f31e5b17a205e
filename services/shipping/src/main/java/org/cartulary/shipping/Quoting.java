package org.cartulary.shipping;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.cartulary.contracts.shipping.QuoteShipping;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.platform.cache.TenantCache;
import org.cartulary.platform.cache.TenantVersions;
import org.cartulary.platform.money.Money;
import org.cartulary.shipping.QuoteStore.Offer;
import org.jspecify.annotations.Nullable;

/** Says what it costs to send a parcel. What is offered where is kept until a zone changes. Thread-safe. */
final class Quoting {

    private static final long MAX_BYTES = 4L << 20;
    private static final int BYTES_OF_AN_OFFER = 500;

    private final QuoteStore quotes;
    private final TenantCache<Place, List<Offer>> offers;

    Quoting(TenantVersions versions, QuoteStore quotes) {
        this.quotes = quotes;
        this.offers = new TenantCache<>(
                versions,
                "offers",
                MAX_BYTES,
                (place, offered) -> 2 * String.valueOf(place.state()).length() + BYTES_OF_AN_OFFER * offered.size());
    }

    private record Place(String country, @Nullable String state, Currency currency) {}

    /** The ways to send a parcel to the address, cheapest first, else in the order of the shop. */
    List<ShippingOption> quote(QuoteShipping query) {
        Place place = new Place(query.country(), query.state(), query.subtotal().currency());
        List<Offer> offered = Objects.requireNonNull(
                offers.get(place, () -> quotes.offers(place.country(), place.state(), place.currency())));
        return offered.stream()
                .filter(offer -> carries(offer, query.weightKg()))
                .flatMap(offer -> priced(offer, query).stream())
                .sorted(Comparator.comparing(ShippingOption::price))
                .toList();
    }

    private static boolean carries(Offer offer, BigDecimal weightKg) {
        return offer.maximumKg() == null || weightKg.compareTo(offer.maximumKg()) <= 0;
    }

    /** The method with its price for this parcel; empty where that is more than any amount can be. */
    private static Optional<ShippingOption> priced(Offer offer, QuoteShipping query) {
        ShippingOption option = offer.option();
        Currency currency = query.subtotal().currency();
        boolean free = offer.freeAbove() != null && query.subtotal().amount().compareTo(offer.freeAbove()) >= 0;
        BigDecimal extraKg = query.weightKg().subtract(offer.firstKg()).max(BigDecimal.ZERO);
        try {
            Money price = free
                    ? Money.zero(currency)
                    : option.price().plus(Money.rounded(offer.pricePerKg().multiply(extraKg), currency));
            return Optional.of(new ShippingOption(
                    option.methodId(), option.name(), option.carrier(), price, option.estimatedDays()));
        } catch (ArithmeticException tooMuch) {
            return Optional.empty();
        }
    }
}
