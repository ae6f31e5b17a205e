package org.cartulary.cart;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Carts in PostgreSQL, whose constraints and conditional statements decide. Thread-safe. */
final class PostgresCarts implements Carts {

    private final CartStore carts;
    private final ActiveCartStore activeCarts;
    private final MergedCartStore mergedCarts;
    private final OrderedCartStore orderedCarts;
    private final CouponStore coupons;
    private final CartInvariants invariants;
    private final Idempotency idempotency;

    PostgresCarts(Database database, JsonMapper json) {
        this.carts = new CartStore(database);
        this.activeCarts = new ActiveCartStore(database);
        this.mergedCarts = new MergedCartStore(database);
        this.orderedCarts = new OrderedCartStore(database);
        this.coupons = new CouponStore(database);
        this.invariants = new CartInvariants(database);
        this.idempotency = new Idempotency(Coalescing.of(database).shared("fill-cart"), json);
    }

    @Override
    public @Nullable StoredCart find(UUID id) {
        return carts.find(id);
    }

    @Override
    public StoredCart fill(ActiveCartStore.Filling filling) {
        return activeCarts.fill(filling);
    }

    @Override
    public CartChange fillOnce(
            Idempotency.Request request, CartOwner owner, Supplier<ActiveCartStore.Filling> filling) {
        return once(
                request,
                tx -> new CartChange.Done(
                        ActiveCartStore.fill(tx, filling.get()).id()));
    }

    @Override
    public CartChange add(Idempotency.Request request, UUID cart, CartOwner owner, Supplier<Addition> addition) {
        return once(request, tx -> {
            Addition asked = addition.get();
            return ActiveCartStore.add(tx, cart, owner, asked.days(), asked.lines());
        });
    }

    /** A change that is refused is rolled back with the claim of its key, so that it can be decided anew. */
    private CartChange once(Idempotency.Request request, Function<Transaction, CartChange> change) {
        return attempt(() -> {
            UUID cart = idempotency
                    .onceIfKeyed(request, UUID.class, tx -> Answer.ok(done(change.apply(tx))))
                    .body();
            return new CartChange.Done(Objects.requireNonNull(cart));
        });
    }

    private static UUID done(CartChange change) {
        if (change instanceof CartChange.Done(UUID cart)) {
            return cart;
        }
        throw new ActiveCartStore.Undone(change);
    }

    @Override
    public CartChange set(UUID cart, CartOwner owner, @Nullable Long version, int days, CartLine line) {
        return attempt(() -> activeCarts.set(cart, owner, version, days, line));
    }

    @Override
    public CartChange remove(UUID cart, CartOwner owner, @Nullable Long version, int days, UUID product) {
        return attempt(() -> activeCarts.remove(cart, owner, version, days, product));
    }

    @Override
    public CartChange useCoupon(UUID cart, CartOwner owner, int days, @Nullable String code) {
        return coupons.use(cart, owner, days, code);
    }

    @Override
    public CartChange merge(UUID customer, UUID guest, int days) {
        return attempt(() -> mergedCarts.merge(customer, guest, days));
    }

    private static CartChange attempt(Supplier<CartChange> change) {
        try {
            return change.get();
        } catch (ActiveCartStore.Undone undone) {
            return undone.change();
        }
    }

    @Override
    public void convert(ConvertCart command) {
        orderedCarts.convert(command);
    }

    @Override
    public int abandonExpired(int limit) {
        return carts.abandonExpired(limit);
    }

    @Override
    public List<AbandonedCart> abandoned(@Nullable UUID before, int limit) {
        return carts.abandoned(before, limit);
    }

    @Override
    public int deleteExpired(int days, int limit) {
        return carts.deleteExpired(days, limit);
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return invariants.check();
    }
}
