package org.cartulary.shipping;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A rate of tax; its parts are those of {@link TaxRateDraft}. */
record TaxRateView(
        UUID id,
        String code,
        String country,
        @Nullable String state,
        String category,
        String name,
        BigDecimal percent,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil,
        long version) {}
