package org.cartulary.catalog;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A vendor as the shop sees it.
 *
 * @param commissionBasisPoints what the shop keeps of each sale at present, in hundredths of a percent
 * @param commissionSince since when; {@code null} where nothing was ever agreed on, which is none
 */
record VendorView(
        UUID id,
        String name,
        int commissionBasisPoints,
        @Nullable Instant commissionSince,
        long version) {}
