package org.cartulary.cart;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cartulary.platform.reconciliation.InvariantResult;

/** What holds of the carts in Redis at any time: the same as of those in PostgreSQL. */
final class RedisCartInvariants {

    private static final int PAGE = 500;
    private static final String LOOKED_AT = "looked-at";

    private static final Map<String, String> INVARIANTS = new TreeMap<>(Map.of(
            "one-active-cart-an-owner",
            "an active cart in Redis is the one that its owner's key names",
            "cart-items-are-possible",
            "every item of a cart in Redis has a quantity of 1 to 999,999 and a price that is not negative",
            "ordered-carts-have-orders",
            "a cart in Redis names an order exactly when it is ordered",
            "ended-carts-are-continued",
            "a merged cart in Redis names the cart that it was merged into, and no cart that lives on names another"));

    private final RedisServer server;
    private final RedisCartScripts scripts;

    RedisCartInvariants(RedisServer server, RedisCartScripts scripts) {
        this.server = server;
        this.scripts = scripts;
    }

    /** Looks at every cart of every shop, each at one moment. */
    List<InvariantResult> check() {
        Map<String, List<String>> breaches = new TreeMap<>();
        INVARIANTS.keySet().forEach(name -> breaches.put(name, new ArrayList<>()));
        long looked = 0;
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            ScanCursor from = cursor;
            KeyScanCursor<String> page = server.ask(redis -> redis.scan(
                    from, ScanArgs.Builder.matches(CartKeys.ALL_CARTS).limit(PAGE)));
            looked += look(page.getKeys(), breaches);
            cursor = page;
        } while (!cursor.isFinished());
        long carts = looked;
        return breaches.entrySet().stream()
                .map(found -> result(found.getKey(), found.getValue(), carts))
                .toList();
    }

    private long look(List<String> keys, Map<String, List<String>> breaches) {
        Map<CartKeys, List<String>> byShop = keys.stream()
                .collect(Collectors.groupingBy(
                        CartKeys::ofCart, Collectors.mapping(CartKeys::idOf, Collectors.toList())));
        long looked = 0;
        for (Map.Entry<CartKeys, List<String>> shop : byShop.entrySet()) {
            var answer = scripts.run(CartScript.CHECK_CARTS, shop.getKey().tenant(), shop.getValue());
            for (Object finding : answer.rest()) {
                String[] words = String.valueOf(finding).split(" ", 2);
                if (words[1].equals(LOOKED_AT)) {
                    looked++;
                } else {
                    Objects.requireNonNull(breaches.get(words[1]), words[1])
                            .add("cart " + words[0] + " of tenant "
                                    + shop.getKey().tenant());
                }
            }
        }
        return looked;
    }

    private static InvariantResult result(String name, List<String> breaches, long carts) {
        return new InvariantResult(
                "cart",
                "redis-" + name,
                INVARIANTS.getOrDefault(name, name),
                carts,
                breaches.size(),
                breaches.stream().limit(InvariantResult.MAX_EXAMPLES).toList());
    }
}
