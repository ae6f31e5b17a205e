package org.cartulary.cart;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A cart as Redis keeps it: a hash with a field for each item, {@code i:} and the product, which holds quantity, price in
 * hundredths and the microsecond in which it was added.
 */
record RedisCart(UUID id, Map<String, String> fields) {

    /** How many decimals the prices have that are kept without a point. */
    static final int DECIMALS = 2;

    private static final String ITEM = "i:";
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    /** A line of the cart. */
    record Item(CartLine line, Instant addedAt) {}

    static RedisCart of(UUID id, Map<String, String> fields) {
        return new RedisCart(id, Map.copyOf(fields));
    }

    /** The fields of names and values that follow one another. */
    static Map<String, String> fields(List<?> namesAndValues) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            fields.put(String.valueOf(namesAndValues.get(i)), String.valueOf(namesAndValues.get(i + 1)));
        }
        return fields;
    }

    /** The cart as both stores answer it. */
    StoredCart stored() {
        CartOwner owner = owner();
        return new StoredCart(
                id,
                owner.customerId(),
                owner.guestId(),
                required("status"),
                required("currency"),
                Long.parseLong(required("version")),
                instant("expires"),
                continuedIn(),
                fields.get("coupon"),
                items().stream().map(Item::line).toList());
    }

    /** The cart as staff sees it when it was abandoned. */
    AbandonedCart abandoned() {
        List<CartLine> lines = stored().lines();
        BigDecimal worth = lines.stream()
                .map(line -> line.unitPrice().amount().multiply(BigDecimal.valueOf(line.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new AbandonedCart(
                id,
                owner().customerId(),
                lines.size(),
                lines.stream().mapToLong(CartLine::quantity).sum(),
                AbandonedCart.worth(worth, required("currency")),
                instant("created"),
                instant("updated"));
    }

    CartOwner owner() {
        return CartKeys.owner(required("owner"));
    }

    @Nullable UUID orderId() {
        String order = fields.get("order");
        return order == null ? null : UUID.fromString(order);
    }

    @Nullable UUID continuedIn() {
        String cart = fields.get("continued");
        return cart == null ? null : UUID.fromString(cart);
    }

    /** A moment that is kept as milliseconds. */
    Instant instant(String field) {
        return Instant.ofEpochMilli(Long.parseLong(required(field)));
    }

    /** The items in the order in which they were added. */
    List<Item> items() {
        return fields.entrySet().stream()
                .filter(field -> field.getKey().startsWith(ITEM))
                .map(field -> item(field.getKey().substring(ITEM.length()), field.getValue()))
                .sorted(Comparator.comparing(Item::addedAt)
                        .thenComparing(item -> item.line().productId().toString()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private Item item(String product, String kept) {
        String[] parts = kept.split(":", -1);
        long added = Long.parseLong(parts[2]);
        return new Item(
                new CartLine(
                        UUID.fromString(product),
                        Integer.parseInt(parts[0]),
                        Money.of(
                                BigDecimal.valueOf(Long.parseLong(parts[1]), DECIMALS),
                                Money.currencyOf(required("currency")))),
                Instant.ofEpochSecond(added / MICROS_PER_SECOND, added % MICROS_PER_SECOND * NANOS_PER_MICRO));
    }

    private String required(String field) {
        return Objects.requireNonNull(fields.get(field), field);
    }
}
