package org.cartulary.promotion;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a promotion shall be.
 *
 * @param name what customers read
 * @param code the coupon's code in any case; without one it applies to everybody whose purchase meets the conditions
 * @param basisPoints hundredths of a per cent: of PERCENTAGE off the goods, of BUY_X_GET_Y off the units that are got
 * @param amount what FIXED_AMOUNT takes off
 * @param buyQuantity how many units of a set of BUY_X_GET_Y are paid in full
 * @param getQuantity how many units of a set cost less
 * @param maximumDiscount the most that PERCENTAGE and BUY_X_GET_Y take off an order
 * @param minimumSubtotal what all goods together have to cost before any discount
 * @param productIds the products it is for, besides those of the categories; it is for all where neither is named
 * @param categoryIds the categories it is for
 * @param firstOrderOnly whether it is for customers who have not ordered before
 * @param groupIds the groups of customers that it is for; for everybody where none is named
 * @param exclusive whether it applies alone only
 * @param priority the greatest applies first, among equals the oldest; 0 where it is left out
 * @param totalLimit how many orders may use it
 * @param customerLimit how many orders of one customer may use it; guests cannot use one with such a limit
 */
record PromotionDraft(
        @NotBlank @Size(max = 100) String name,

        @Nullable @Size(max = 40) @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9_-]*") String code,

        @NotNull Kind kind,
        @Nullable @Min(1) @Max(10_000) Integer basisPoints,
        @Nullable Money amount,
        @Nullable @Min(1) @Max(1_000) Integer buyQuantity,
        @Nullable @Min(1) @Max(1_000) Integer getQuantity,
        @Nullable Money maximumDiscount,
        @Nullable Money minimumSubtotal,
        @Nullable @Size(max = 1_000) List<@NotNull UUID> productIds,
        @Nullable @Size(max = 1_000) List<@NotNull UUID> categoryIds,
        @Nullable Boolean firstOrderOnly,
        @Nullable @Size(max = 100) List<@NotNull UUID> groupIds,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable Boolean exclusive,
        @Nullable @Min(-1_000_000) @Max(1_000_000) Integer priority,
        @Nullable @Min(1) @Max(1_000_000_000) Integer totalLimit,
        @Nullable @Min(1) @Max(1_000_000) Integer customerLimit) {

    /** What is taken off. */
    enum Kind {
        PERCENTAGE,
        FIXED_AMOUNT,
        FREE_SHIPPING,
        BUY_X_GET_Y
    }

    /** {@link #firstOrderOnly}, no where it is left out. */
    boolean asksForFirstOrder() {
        return Boolean.TRUE.equals(firstOrderOnly);
    }

    /** {@link #exclusive}, no where it is left out. */
    boolean appliesAlone() {
        return Boolean.TRUE.equals(exclusive);
    }

    /** The currency of its amounts, {@code null} where it has none. */
    @Nullable String currency() {
        return Stream.of(amount, maximumDiscount, minimumSubtotal)
                .filter(money -> money != null)
                .map(Money::currencyCode)
                .findFirst()
                .orElse(null);
    }
}
