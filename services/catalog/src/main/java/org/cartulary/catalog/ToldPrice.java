package org.cartulary.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What was, is or will be asked from a time on.
 *
 * @param variantId the variant; {@code null} for the product
 * @param price {@code null} where there is none in this currency any more
 * @param regularPrice the greater price that it is said to be reduced from
 * @param effectiveFrom until the next one of the same variant and currency
 * @param id where it stands in the list; not shown
 */
record ToldPrice(
        @Nullable UUID variantId,
        String currency,
        @Nullable Money price,
        @Nullable Money regularPrice,
        Instant effectiveFrom,
        @JsonIgnore long id) {}
