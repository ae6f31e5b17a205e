package org.cartulary.shipping;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.contracts.shipping.FindTaxRates;
import org.cartulary.contracts.shipping.TaxRate;
import org.cartulary.platform.cache.TenantCache;
import org.cartulary.platform.cache.TenantVersions;
import org.jspecify.annotations.Nullable;

/** Says at which rates is taxed what is sent somewhere. The rates of a place are kept until one changes. Thread-safe. */
final class Taxing {

    private static final long MAX_BYTES = 4L << 20;
    private static final int BYTES_OF_A_RATE = 400;

    private static final Comparator<TaxRateView> MORE_SPECIFIC = Comparator.<TaxRateView, Boolean>comparing(
                    rate -> rate.state() != null)
            .thenComparing(rate -> !rate.country().equals("*"));

    private final TaxRateStore store;
    private final TenantCache<Place, List<TaxRateView>> rates;

    Taxing(TenantVersions versions, TaxRateStore store) {
        this.store = store;
        this.rates = new TenantCache<>(
                versions,
                "tax-rates",
                MAX_BYTES,
                (place, found) -> 2 * String.valueOf(place.state()).length() + BYTES_OF_A_RATE * found.size());
    }

    private record Place(String country, @Nullable String state) {}

    /** The most specific rate of each tax category that applies there and then, in the order of the categories. */
    List<TaxRate> find(FindTaxRates query) {
        Place place = new Place(query.country(), query.state());
        List<TaxRateView> found =
                Objects.requireNonNull(rates.get(place, () -> store.ofPlace(place.country(), place.state())));
        return found.stream()
                .filter(rate -> applies(rate, query.at()))
                .collect(Collectors.toMap(
                        TaxRateView::category, Function.identity(), BinaryOperator.maxBy(MORE_SPECIFIC), TreeMap::new))
                .values()
                .stream()
                .map(rate -> new TaxRate(rate.id(), rate.category(), rate.name(), rate.percent()))
                .toList();
    }

    private static boolean applies(TaxRateView rate, Instant at) {
        return (rate.validFrom() == null || !at.isBefore(rate.validFrom()))
                && (rate.validUntil() == null || at.isBefore(rate.validUntil()));
    }
}
