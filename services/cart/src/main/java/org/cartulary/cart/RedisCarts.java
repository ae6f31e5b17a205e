package org.cartulary.cart;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.redis.RedisServer;
import org.jspecify.annotations.Nullable;

/** Carts in Redis, whose scripts decide: each is run as a whole, one after another. Thread-safe. */
final class RedisCarts implements Carts {

    private final RedisServer server;
    private final RedisCartScripts scripts;
    private final Idempotency idempotency;

    RedisCarts(RedisServer server, Idempotency idempotency) {
        this.server = server;
        this.scripts = new RedisCartScripts(server);
        this.idempotency = idempotency;
    }

    private static CartKeys keys() {
        return new CartKeys(RequestContext.currentTenant());
    }

    private RedisCartScripts.Answer run(CartScript script, List<String> arguments) {
        return scripts.run(script, RequestContext.currentTenant(), arguments);
    }

    @Override
    public @Nullable StoredCart find(UUID id) {
        Map<String, String> fields = server.ask(redis -> redis.hgetall(keys().cart(id)));
        return fields.isEmpty() ? null : RedisCart.of(id, fields).stored();
    }

    @Override
    public StoredCart fill(ActiveCartStore.Filling filling) {
        RedisCartScripts.Answer answer = fill(filling, "", "");
        CartChange change = change(answer);
        if (change instanceof CartChange.Done(UUID cart)) {
            return RedisCart.of(cart, RedisCart.fields((List<?>) answer.rest().get(1)))
                    .stored();
        }
        throw new ActiveCartStore.Undone(change);
    }

    private RedisCartScripts.Answer fill(ActiveCartStore.Filling filling, String request, String body) {
        server.ask(redis -> redis.sadd(CartKeys.SHOPS, keys().tenant().toString()));
        return run(
                CartScript.ADD_ITEM_TO_CART,
                adding(filling.owner(), "", filling.currency(), filling.days(), filling.lines(), request, body));
    }

    private static List<String> adding(
            CartOwner owner,
            String cart,
            String currency,
            int days,
            Collection<CartLine> lines,
            String request,
            String body) {
        List<String> arguments = new ArrayList<>(List.of(
                CartKeys.name(owner), cart, Ids.next().toString(), currency, String.valueOf(days), request, body));
        for (CartLine line : lines) {
            arguments.addAll(words(line));
        }
        return arguments;
    }

    private static List<String> words(CartLine line) {
        BigDecimal hundredths = line.unitPrice().amount().movePointRight(RedisCart.DECIMALS);
        return List.of(
                line.productId().toString(),
                String.valueOf(line.quantity()),
                String.valueOf(hundredths.longValueExact()));
    }

    @Override
    public CartChange fillOnce(
            Idempotency.Request request, CartOwner owner, Supplier<ActiveCartStore.Filling> filling) {
        Idempotency.RequestKey key = idempotency.keyOf(request);
        CartChange before = answered(owner, key);
        return before != null ? before : change(fill(filling.get(), key.fingerprint(), key.bodyFingerprint()));
    }

    @Override
    public CartChange add(Idempotency.Request request, UUID cart, CartOwner owner, Supplier<Addition> addition) {
        Idempotency.RequestKey key = request.key() == null ? null : idempotency.keyOf(request);
        CartChange before = key == null ? null : answered(owner, key);
        if (before != null) {
            return before;
        }
        Addition asked = addition.get();
        return change(run(
                CartScript.ADD_ITEM_TO_CART,
                adding(
                        owner,
                        cart.toString(),
                        "",
                        asked.days(),
                        asked.lines(),
                        key == null ? "" : key.fingerprint(),
                        key == null ? "" : key.bodyFingerprint())));
    }

    /** What was answered before, so that a repeated request is refused for nothing that has changed since. */
    private @Nullable CartChange answered(CartOwner owner, Idempotency.RequestKey key) {
        Map<String, String> told = server.ask(redis -> redis.hgetall(keys().answer(owner, key.fingerprint())));
        if (told.isEmpty()) {
            return null;
        }
        if (!key.bodyFingerprint().equals(told.get("body"))) {
            throw Idempotency.keyReused();
        }
        return new CartChange.Done(UUID.fromString(told.get("cart")));
    }

    @Override
    public CartChange set(UUID cart, CartOwner owner, @Nullable Long version, int days, CartLine line) {
        List<String> arguments = changing(cart, owner, version, days);
        arguments.addAll(words(line));
        return change(run(CartScript.UPDATE_ITEM_QUANTITY, arguments));
    }

    @Override
    public CartChange remove(UUID cart, CartOwner owner, @Nullable Long version, int days, UUID product) {
        List<String> arguments = changing(cart, owner, version, days);
        arguments.add(product.toString());
        return change(run(CartScript.REMOVE_ITEM_FROM_CART, arguments));
    }

    private static List<String> changing(UUID cart, CartOwner owner, @Nullable Long version, int days) {
        return new ArrayList<>(List.of(
                CartKeys.name(owner),
                cart.toString(),
                version == null ? "" : version.toString(),
                String.valueOf(days)));
    }

    @Override
    public CartChange useCoupon(UUID cart, CartOwner owner, int days, @Nullable String code) {
        return change(run(
                CartScript.USE_COUPON,
                List.of(CartKeys.name(owner), cart.toString(), String.valueOf(days), code == null ? "" : code)));
    }

    @Override
    public CartChange merge(UUID customer, UUID guest, int days) {
        return change(run(
                CartScript.MERGE_CARTS,
                List.of(
                        CartKeys.name(new CartOwner(customer, null)),
                        CartKeys.name(new CartOwner(null, guest)),
                        Ids.next().toString(),
                        String.valueOf(days))));
    }

    @Override
    public void convert(ConvertCart command) {
        List<String> arguments = new ArrayList<>(List.of(
                command.cartId().toString(),
                command.orderId().toString(),
                Ids.next().toString(),
                String.valueOf(command.version()),
                command.checkedOutAt() == null
                        ? ""
                        : String.valueOf(command.checkedOutAt().toEpochMilli())));
        for (ConvertCart.OrderedLine line : command.lines()) {
            arguments.add(line.productId().toString());
            arguments.add(String.valueOf(line.quantity()));
        }
        run(CartScript.CONVERT_CART, arguments);
    }

    /** What a script says of a change of a cart. */
    static CartChange change(RedisCartScripts.Answer answer) {
        return switch (answer.outcome()) {
            case "DONE" -> new CartChange.Done(UUID.fromString(answer.text(0)));
            case "NO_SUCH_CART" -> new CartChange.NoSuchCart();
            case "STALE" -> new CartChange.Stale();
            case "QUANTITY_TOO_GREAT" -> new CartChange.QuantityTooGreat();
            case "TOO_MANY_LINES" -> new CartChange.TooManyLines();
            case "WORTH_TOO_MUCH" -> new CartChange.WorthTooMuch();
            case "OTHER_CURRENCY" -> new CartChange.OtherCurrency(UUID.fromString(answer.text(0)));
            case "NOT_IN_CART" -> new CartChange.NotInCart();
            case "NOT_SAVED" -> new CartChange.NotSaved();
            case "TOO_MANY_SAVED" -> new CartChange.TooManySaved();
            case "KEY_REUSED" -> throw Idempotency.keyReused();
            default -> throw new IllegalStateException("a script answered " + answer.outcome());
        };
    }

    @Override
    public int abandonExpired(int limit) {
        int abandoned = 0;
        for (String shop : server.ask(redis -> redis.smembers(CartKeys.SHOPS))) {
            abandoned += Integer.parseInt(
                    scripts.run(CartScript.CLEANUP_EXPIRED_CARTS, UUID.fromString(shop), List.of(String.valueOf(limit)))
                            .text(0));
        }
        return abandoned;
    }

    /** The index knows for a while of carts that have ended: these are passed over. */
    @Override
    public List<AbandonedCart> abandoned(@Nullable UUID before, int limit) {
        List<AbandonedCart> found = new ArrayList<>();
        String last = before == null ? null : before.toString();
        while (found.size() < limit) {
            Range<String> range = last == null
                    ? Range.unbounded()
                    : Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding(last));
            List<String> ids = server.ask(
                    redis -> redis.zrevrangebylex(keys().abandoned(), range, Limit.from(limit - found.size())));
            if (ids.isEmpty()) {
                break;
            }
            for (String id : ids) {
                Map<String, String> fields = server.ask(redis -> redis.hgetall(keys().cart(id)));
                if ("ABANDONED".equals(fields.get("status"))) {
                    found.add(RedisCart.of(UUID.fromString(id), fields).abandoned());
                }
            }
            last = ids.getLast();
        }
        return found;
    }

    /** Nothing: the keys end by themselves, seven days after the carts expire. */
    @Override
    public int deleteExpired(int days, int limit) {
        return 0;
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return new RedisInvariants(server, scripts).check();
    }
}
