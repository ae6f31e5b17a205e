package org.cartulary.cart;

import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.redis.RedisServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the carts in Redis say of people. While somebody is being forgotten, which takes several steps, a lock of 30 seconds keeps new
 * carts of theirs away. Thread-safe.
 */
final class RedisCartRecords implements CartRecords {

    private static final Duration LOCKED_FOR = Duration.ofSeconds(30);
    private static final int METRICS_DAYS = 90;

    private final RedisServer server;
    private final RedisCartScripts scripts;
    private final JsonMapper json;

    RedisCartRecords(RedisServer server, JsonMapper json) {
        this.server = server;
        this.scripts = new RedisCartScripts(server);
        this.json = json;
    }

    private static CartKeys keys() {
        return new CartKeys(RequestContext.currentTenant());
    }

    @Override
    public KeptRecord export(Traces traces) {
        List<Map<String, @Nullable Object>> carts =
                carts(traces).map(RedisCartRecords::told).toList();
        return new KeptRecord(
                "carts-in-redis",
                "What you have put into carts, what became of these, and how often you changed them on which day.",
                json.writeValueAsString(Map.of("carts", carts, "days", days(traces))));
    }

    private static Map<String, @Nullable Object> told(RedisCart cart) {
        StoredCart stored = cart.stored();
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("id", stored.id());
        told.put("status", stored.status());
        told.put("currency", stored.currency());
        told.put("couponCode", stored.couponCode());
        told.put("orderId", cart.orderId());
        told.put("continuedIn", stored.continuedIn());
        told.put("createdAt", cart.instant("created"));
        told.put("updatedAt", cart.instant("updated"));
        told.put("expiresAt", stored.expiresAt());
        told.put(
                "items",
                cart.items().stream()
                        .map(item -> Map.of(
                                "productId", item.line().productId(),
                                "quantity", item.line().quantity(),
                                "unitPrice", item.line().unitPrice().amount().toPlainString(),
                                "addedAt", item.addedAt()))
                        .toList());
        return told;
    }

    /** Of guests nothing is told: a Guest-Token may be that of several people. */
    private Map<String, Map<String, String>> days(Traces traces) {
        Map<String, Map<String, String>> days = new LinkedHashMap<>();
        if (traces.customerId() != null) {
            CartOwner customer = new CartOwner(traces.customerId(), null);
            daysWithMetrics().forEach(day -> {
                Map<String, String> counts = server.ask(redis -> redis.hgetall(keys().metrics(customer, day)));
                if (!counts.isEmpty()) {
                    days.put(day.toString(), counts);
                }
            });
        }
        return days;
    }

    private static Stream<LocalDate> daysWithMetrics() {
        LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        return IntStream.rangeClosed(0, METRICS_DAYS + 1).mapToObj(tomorrow::minusDays);
    }

    @Override
    public KeptRecord exportSaved(Traces traces) {
        Stream<CartOwner> customers =
                traces.customerId() == null ? Stream.empty() : Stream.of(new CartOwner(traces.customerId(), null));
        Stream<CartOwner> guests = traces.guestIds().stream()
                .map(guest -> new CartOwner(null, guest))
                .filter(guest -> carts(guest).stream().allMatch(named(traces)));
        List<Map<String, Object>> items = Stream.concat(customers, guests)
                .flatMap(owner ->
                        RedisSavedLists.items(server.ask(redis -> redis.hgetall(keys().saved(owner)))).stream())
                .map(RedisCartRecords::told)
                .toList();
        return new KeptRecord(
                "saved-for-later-in-redis", "What you have saved for later.", json.writeValueAsString(items));
    }

    private static Map<String, Object> told(SavedItem item) {
        return Map.of(
                "productId", item.productId(),
                "quantity", item.quantity(),
                "unitPrice", item.unitPrice().amount().toPlainString(),
                "currency", item.unitPrice().currency().getCurrencyCode(),
                "savedAt", item.savedAt());
    }

    private Stream<RedisCart> carts(Traces traces) {
        Stream<RedisCart> ofCustomer =
                traces.customerId() == null ? Stream.empty() : carts(new CartOwner(traces.customerId(), null)).stream();
        return Stream.concat(
                ofCustomer,
                traces.guestIds().stream()
                        .flatMap(guest -> carts(new CartOwner(null, guest)).stream())
                        .filter(named(traces)));
    }

    private static Predicate<RedisCart> named(Traces traces) {
        return cart -> traces.cartIds().contains(cart.id()) || ordered(cart, traces);
    }

    private static boolean ordered(RedisCart cart, Traces traces) {
        UUID order = cart.orderId();
        return order != null && traces.orderIds().contains(order);
    }

    private List<RedisCart> carts(CartOwner owner) {
        List<RedisCart> carts = new ArrayList<>();
        for (String id : server.ask(redis -> redis.smembers(keys().cartsOf(owner)))) {
            Map<String, String> fields = server.ask(redis -> redis.hgetall(keys().cart(id)));
            if (!fields.isEmpty()) {
                carts.add(RedisCart.of(UUID.fromString(id), new HashMap<>(fields)));
            }
        }
        return carts;
    }

    @Override
    public Traces trace(Traces traces) {
        List<UUID> cartIds = traces.guestIds().stream()
                .flatMap(guest -> carts(new CartOwner(null, guest)).stream())
                .filter(cart -> ordered(cart, traces))
                .map(RedisCart::id)
                .toList();
        return traces.and(new Traces(traces.customerId(), List.of(), List.of(), cartIds, List.of()));
    }

    @Override
    public ErasedRecords erase(Traces traces) {
        int erased = 0;
        if (traces.customerId() != null) {
            erased += erase(new CartOwner(traces.customerId(), null), cart -> true);
        }
        for (UUID guest : traces.guestIds()) {
            erased += erase(new CartOwner(null, guest), named(traces));
        }
        return ErasedRecords.all(erased);
    }

    /**
     * Deletes carts of an owner. A Guest-Token may be that of several people: only where no cart is left, the rest is nobody else's. The
     * script looks at that and deletes at once, so that a cart which comes meanwhile, though it is locked out, is not lost.
     */
    private int erase(CartOwner owner, Predicate<RedisCart> which) {
        return locked(owner, () -> {
            List<String> ids = carts(owner).stream()
                    .filter(which)
                    .map(cart -> cart.id().toString())
                    .toList();
            List<String> arguments = new ArrayList<>(List.of(CartKeys.name(owner), String.valueOf(ids.size())));
            arguments.addAll(ids);
            daysWithMetrics().map(LocalDate::toString).forEach(arguments::add);
            return Integer.parseInt(scripts.run(CartScript.ERASE_CARTS, RequestContext.currentTenant(), arguments)
                    .text(0));
        });
    }

    /** The lock ends by itself where its holder dies, and nobody ends another's. */
    private int locked(CartOwner owner, Supplier<Integer> work) {
        String holder = UUID.randomUUID().toString();
        String taken = server.ask(redis ->
                redis.set(keys().lock(owner), holder, SetArgs.Builder.nx().px(LOCKED_FOR)));
        if (taken == null) {
            throw server.unavailable();
        }
        try {
            return work.get();
        } finally {
            scripts.run(CartScript.UNLOCK_OWNER, RequestContext.currentTenant(), List.of(CartKeys.name(owner), holder));
        }
    }
}
