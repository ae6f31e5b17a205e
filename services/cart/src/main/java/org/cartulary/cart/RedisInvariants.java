package org.cartulary.cart;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.redis.RedisServer;

/** What holds at any time of what lies in Redis: the same as of what lies in PostgreSQL. */
final class RedisInvariants {

    private static final int PAGE = 500;
    private static final String LOOKED_AT = "looked-at";

    /**
     * What is looked at by one script.
     *
     * @param keys the pattern of its keys over all shops
     * @param named what the script is told of a key
     * @param breach says in words whose that is, of the name and the tenant
     * @param invariants by their names, what they say
     */
    private record Kind(
            String keys,
            CartScript script,
            UnaryOperator<String> named,
            String breach,
            Map<String, String> invariants) {}

    private static final Kind CARTS = new Kind(
            CartKeys.ALL_CARTS,
            CartScript.CHECK_CARTS,
            CartKeys::idOf,
            "cart %s of tenant %s",
            Map.of(
                    "one-active-cart-an-owner",
                    "an active cart in Redis is the one that its owner's key names",
                    "cart-items-are-possible",
                    "every item of a cart in Redis has a quantity of 1 to 999,999 and a price that is not negative",
                    "ordered-carts-have-orders",
                    "a cart in Redis names an order exactly when it is ordered",
                    "ended-carts-are-continued",
                    "a merged cart in Redis names the cart that it was merged into, and no cart that lives on names another"));

    private static final Kind SAVED = new Kind(
            CartKeys.ALL_SAVED,
            CartScript.CHECK_SAVED_ITEMS,
            CartKeys::ownerOf,
            "what %s of tenant %s has saved",
            Map.of(
                    "saved-items-are-possible",
                    "every item that is saved for later in Redis has a quantity of 1 to 999,999 and a price that is not negative",
                    "saved-lists-are-limited",
                    "a list of what is saved for later in Redis has at most 200 lines",
                    "saved-lists-of-guests-end",
                    "what a guest has saved for later in Redis ends at some time, and what a customer has does not"));

    private final RedisServer server;
    private final RedisCartScripts scripts;

    RedisInvariants(RedisServer server, RedisCartScripts scripts) {
        this.server = server;
        this.scripts = scripts;
    }

    /** Looks at every cart and every list of every shop, each at one moment. */
    List<InvariantResult> check() {
        return Stream.of(CARTS, SAVED).flatMap(kind -> check(kind).stream()).toList();
    }

    private List<InvariantResult> check(Kind kind) {
        Map<String, List<String>> breaches = new TreeMap<>();
        kind.invariants().keySet().forEach(name -> breaches.put(name, new ArrayList<>()));
        long looked = 0;
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            ScanCursor from = cursor;
            KeyScanCursor<String> page = server.ask(redis ->
                    redis.scan(from, ScanArgs.Builder.matches(kind.keys()).limit(PAGE)));
            looked += look(kind, page.getKeys(), breaches);
            cursor = page;
        } while (!cursor.isFinished());
        long all = looked;
        return breaches.entrySet().stream()
                .map(found -> result(kind, found.getKey(), found.getValue(), all))
                .toList();
    }

    private long look(Kind kind, List<String> keys, Map<String, List<String>> breaches) {
        Map<CartKeys, List<String>> byShop = keys.stream()
                .collect(
                        Collectors.groupingBy(CartKeys::ofCart, Collectors.mapping(kind.named(), Collectors.toList())));
        long looked = 0;
        for (Map.Entry<CartKeys, List<String>> shop : byShop.entrySet()) {
            var answer = scripts.run(kind.script(), shop.getKey().tenant(), shop.getValue());
            for (Object finding : answer.rest()) {
                String[] words = String.valueOf(finding).split(" ", 2);
                if (words[1].equals(LOOKED_AT)) {
                    looked++;
                } else {
                    Objects.requireNonNull(breaches.get(words[1]), words[1])
                            .add(kind.breach().formatted(words[0], shop.getKey().tenant()));
                }
            }
        }
        return looked;
    }

    private static InvariantResult result(Kind kind, String name, List<String> breaches, long looked) {
        return new InvariantResult(
                "cart",
                "redis-" + name,
                kind.invariants().getOrDefault(name, name),
                looked,
                breaches.size(),
                breaches.stream().limit(InvariantResult.MAX_EXAMPLES).toList());
    }
}
