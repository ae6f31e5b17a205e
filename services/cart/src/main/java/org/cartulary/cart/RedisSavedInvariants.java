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

/** What holds at any time of what is saved for later in Redis: the same as of what lies in PostgreSQL. */
final class RedisSavedInvariants {

    private static final int PAGE = 500;
    private static final String LOOKED_AT = "looked-at";

    private static final Map<String, String> INVARIANTS = new TreeMap<>(Map.of(
            "saved-items-are-possible",
            "every item that is saved for later in Redis has a quantity of 1 to 999,999 and a price that is not negative",
            "saved-lists-are-limited",
            "a list of what is saved for later in Redis has at most 200 lines",
            "saved-lists-of-guests-end",
            "what a guest has saved for later in Redis ends at some time, and what a customer has does not"));

    private final RedisServer server;
    private final RedisCartScripts scripts;

    RedisSavedInvariants(RedisServer server, RedisCartScripts scripts) {
        this.server = server;
        this.scripts = scripts;
    }

    /** Looks at every list of every shop, each at one moment. */
    List<InvariantResult> check() {
        Map<String, List<String>> breaches = new TreeMap<>();
        INVARIANTS.keySet().forEach(name -> breaches.put(name, new ArrayList<>()));
        long looked = 0;
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            ScanCursor from = cursor;
            KeyScanCursor<String> page = server.ask(redis -> redis.scan(
                    from, ScanArgs.Builder.matches(CartKeys.ALL_SAVED).limit(PAGE)));
            looked += look(page.getKeys(), breaches);
            cursor = page;
        } while (!cursor.isFinished());
        long lists = looked;
        return breaches.entrySet().stream()
                .map(found -> result(found.getKey(), found.getValue(), lists))
                .toList();
    }

    private long look(List<String> keys, Map<String, List<String>> breaches) {
        Map<CartKeys, List<String>> byShop = keys.stream()
                .collect(Collectors.groupingBy(
                        CartKeys::ofCart, Collectors.mapping(CartKeys::ownerOf, Collectors.toList())));
        long looked = 0;
        for (Map.Entry<CartKeys, List<String>> shop : byShop.entrySet()) {
            var answer = scripts.run(CartScript.CHECK_SAVED_ITEMS, shop.getKey().tenant(), shop.getValue());
            for (Object finding : answer.rest()) {
                String[] words = String.valueOf(finding).split(" ", 2);
                if (words[1].equals(LOOKED_AT)) {
                    looked++;
                } else {
                    Objects.requireNonNull(breaches.get(words[1]), words[1])
                            .add("what " + words[0] + " of tenant "
                                    + shop.getKey().tenant() + " has saved");
                }
            }
        }
        return looked;
    }

    private static InvariantResult result(String name, List<String> breaches, long lists) {
        return new InvariantResult(
                "cart",
                "redis-" + name,
                INVARIANTS.getOrDefault(name, name),
                lists,
                breaches.size(),
                breaches.stream().limit(InvariantResult.MAX_EXAMPLES).toList());
    }
}
