package org.cartulary.cart;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.redis.RedisServer;
import org.jspecify.annotations.Nullable;

/**
 * What is saved for later, in Redis: a hash an owner, with a field for each product that holds quantity, price in hundredths, the
 * microsecond in which it was saved, and currency. A guest's ends by itself. Thread-safe.
 */
final class RedisSavedLists implements SavedLists {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final RedisServer server;
    private final RedisCartScripts scripts;

    RedisSavedLists(RedisServer server) {
        this.server = server;
        this.scripts = new RedisCartScripts(server);
    }

    private RedisCartScripts.Answer run(CartScript script, List<String> arguments) {
        return scripts.run(script, RequestContext.currentTenant(), arguments);
    }

    @Override
    public List<SavedItem> find(CartOwner owner) {
        Map<String, String> fields =
                server.ask(redis -> redis.hgetall(new CartKeys(RequestContext.currentTenant()).saved(owner)));
        return items(fields);
    }

    /** The items of a hash, in the order in which they were saved. */
    static List<SavedItem> items(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> item(UUID.fromString(field.getKey()), field.getValue()))
                .sorted(Comparator.comparing(SavedItem::savedAt)
                        .thenComparing(item -> item.productId().toString()))
                .toList();
    }

    private static SavedItem item(UUID product, String kept) {
        String[] parts = kept.split(":", -1);
        long saved = Long.parseLong(parts[2]);
        return new SavedItem(
                product,
                Integer.parseInt(parts[0]),
                Money.of(BigDecimal.valueOf(Long.parseLong(parts[1]), RedisCart.DECIMALS), Money.currencyOf(parts[3])),
                Instant.ofEpochSecond(saved / MICROS_PER_SECOND, saved % MICROS_PER_SECOND * NANOS_PER_MICRO));
    }

    @Override
    public CartChange save(UUID cart, CartOwner owner, @Nullable Long version, int days, UUID product) {
        return RedisCarts.change(run(CartScript.SAVE_ITEM, changing(cart, owner, version, days, product)));
    }

    @Override
    public CartChange restore(UUID cart, CartOwner owner, @Nullable Long version, int days, UUID product, Money price) {
        List<String> arguments = new ArrayList<>(changing(cart, owner, version, days, product));
        arguments.add(
                String.valueOf(price.amount().movePointRight(RedisCart.DECIMALS).longValueExact()));
        return RedisCarts.change(run(CartScript.RESTORE_ITEM, arguments));
    }

    private static List<String> changing(UUID cart, CartOwner owner, @Nullable Long version, int days, UUID product) {
        return List.of(
                CartKeys.name(owner),
                cart.toString(),
                version == null ? "" : version.toString(),
                String.valueOf(days),
                product.toString());
    }

    @Override
    public void remove(CartOwner owner, UUID product) {
        run(CartScript.REMOVE_SAVED_ITEM, List.of(CartKeys.name(owner), product.toString()));
    }

    @Override
    public SavedChange merge(UUID customer, UUID guest) {
        String outcome = run(
                        CartScript.MERGE_SAVED_ITEMS,
                        List.of(
                                CartKeys.name(new CartOwner(customer, null)),
                                CartKeys.name(new CartOwner(null, guest))))
                .outcome();
        return switch (outcome) {
            case "DONE" -> new SavedChange.Done();
            case "TOO_MANY_SAVED" -> new SavedChange.TooManySaved();
            default -> throw new IllegalStateException("a script answered " + outcome);
        };
    }

    /** Nothing: guests' keys end by themselves. */
    @Override
    public int deleteExpired(int limit) {
        return 0;
    }
}
