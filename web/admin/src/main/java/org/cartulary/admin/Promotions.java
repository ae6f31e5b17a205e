package org.cartulary.admin;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.pages.PageInfo;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** What the API answers about promotions, as far as pages show it. */
final class Promotions {

    private static final int DECIMALS = 2;

    private Promotions() {}

    record Promotion(
            UUID id,
            String status,
            String name,
            @Nullable String code,
            String kind,
            @Nullable Integer basisPoints,
            @Nullable Money amount,
            @Nullable Money minimumSubtotal,
            boolean firstOrderOnly,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable Integer totalLimit,
            @Nullable Integer customerLimit,
            int uses) {

        /** How many per cent are taken off, without needless decimals; {@code null} where it is something else. */
        public @Nullable String percent() {
            return basisPoints == null
                    ? null
                    : BigDecimal.valueOf(basisPoints, DECIMALS)
                            .stripTrailingZeros()
                            .toPlainString();
        }
    }

    record Listed(List<Promotion> items, PageInfo page) {}

    record Used(String currency, long uses, long released, BigDecimal discounted) {}

    record Usage(int uses, @Nullable Integer totalLimit, List<Used> amounts) {}
}
