package org.cartulary.catalog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cartulary.platform.cache.TenantCache;
import org.cartulary.platform.cache.TenantVersions;

/**
 * Tells at which times prices of a shop change by themselves, because one for a time begins or ends. Between two of these times
 * and while the catalogue stays, everything costs the same: so answers with prices are kept under the last such time. Thread-safe.
 */
final class PriceTimes {

    /** Answers are kept for an hour at most; times before that separate nothing that is kept. */
    private static final Duration LOOKED_AT = Duration.ofHours(2);

    private static final String ALL = "all";
    private static final int MAX_BYTES = 1 << 20;
    private static final int BYTES_OF_A_TIME = 24;

    private final PriceStore prices;
    private final Clock clock;
    private final TenantCache<String, List<Instant>> times;

    PriceTimes(TenantVersions versions, PriceStore prices, Clock clock) {
        this.prices = prices;
        this.clock = clock;
        this.times = new TenantCache<>(
                versions, "price-times", MAX_BYTES, (key, instants) -> BYTES_OF_A_TIME * instants.size());
    }

    /**
     * A moment.
     *
     * @param at the moment
     * @param since since when all prices have been what they are then
     */
    record Moment(Instant at, Instant since) {}

    /** Now. */
    Moment now() {
        Instant now = clock.instant();
        List<Instant> all = times.get(ALL, () -> prices.times(now.minus(LOOKED_AT), now.plus(LOOKED_AT)));
        Instant since = all == null
                ? Instant.MIN
                : all.stream()
                        .filter(time -> !time.isAfter(now))
                        .max(Instant::compareTo)
                        .orElse(Instant.MIN);
        return new Moment(now, since);
    }
}
