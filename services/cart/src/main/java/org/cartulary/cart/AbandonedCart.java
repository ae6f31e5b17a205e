package org.cartulary.cart;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A cart that nobody came back to.
 *
 * @param customerId its owner, {@code null} for a guest's
 * @param lines how many products lie in it
 * @param units how many units of all of them
 * @param worth at the prices at which they were put there, {@code null} beyond the greatest amount of money
 * @param abandonedAt when its time was over
 */
record AbandonedCart(
        UUID id,
        @Nullable UUID customerId,
        int lines,
        long units,
        @Nullable Money worth,
        Instant createdAt,
        Instant abandonedAt) {

    static @Nullable Money worth(BigDecimal sum, String currency) {
        return sum.compareTo(Cart.MAX_WORTH) > 0 ? null : Money.of(sum, Money.currencyOf(currency));
    }
}
