package org.cartulary.cart;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A cart as it is kept, its lines in the order in which they were added.
 *
 * @param continuedIn the cart that holds what was not ordered with this one, or that this one was merged into
 * @param couponCode the coupon that the owner entered, in capitals
 */
record StoredCart(
        UUID id,
        @Nullable UUID customerId,
        @Nullable UUID guestId,
        String status,
        String currency,
        long version,
        Instant expiresAt,
        @Nullable UUID continuedIn,
        @Nullable String couponCode,
        List<CartLine> lines) {

    /** Of a row with the columns of {@code carts} and the arrays {@code products}, {@code quantities} and {@code prices}. */
    static StoredCart read(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        List<CartLine> lines = List.of();
        if (row.getArray("products") != null) {
            UUID[] products = (UUID[]) row.getArray("products").getArray();
            Integer[] quantities = (Integer[]) row.getArray("quantities").getArray();
            BigDecimal[] prices = (BigDecimal[]) row.getArray("prices").getArray();
            lines = IntStream.range(0, products.length)
                    .mapToObj(i ->
                            new CartLine(products[i], quantities[i], Money.of(prices[i], Money.currencyOf(currency))))
                    .toList();
        }
        return new StoredCart(
                row.getObject("id", UUID.class),
                row.getObject("customer_id", UUID.class),
                row.getObject("guest_id", UUID.class),
                row.getString("status"),
                currency,
                row.getLong("version"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getObject("continued_in", UUID.class),
                row.getString("coupon_code"),
                lines);
    }
}
