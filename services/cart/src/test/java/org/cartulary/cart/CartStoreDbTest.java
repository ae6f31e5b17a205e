package org.cartulary.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.contracts.cart.CartSnapshot;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.contracts.cart.FindCart;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.CallFailedException;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;
import tools.jackson.databind.json.JsonMapper;

@Tag("CRT-01")
class CartStoreDbTest {

    private static final int THREADS = 32;
    private static final int DAYS = 30;
    private static final int BATCH = 1_000;

    private static TestDatabase test;

    private final CartStore carts = new CartStore(test.database());
    private final ActiveCartStore activeCarts = new ActiveCartStore(test.database());
    private final CartEndpoint endpoint = new CartEndpoint(new PostgresCarts(test.database(), JsonMapper.shared()));
    private final RequestContext shop = Contexts.system(Contexts.newTenant());
    private final CartOwner customer = new CartOwner(Ids.next(), null);
    private final UUID mug = Ids.next();

    @BeforeAll
    static void createDatabase() {
        test = TestDatabase.create("cart");
    }

    @AfterAll
    static void dropDatabase() {
        test.close();
    }

    private static CartLine line(UUID product, int quantity) {
        return new CartLine(product, quantity, Money.parse("2.50", "GBP"));
    }

    private CartChange addToActive(CartOwner owner, CartLine... lines) {
        return shop.supply(() -> new CartChange.Done(activeCarts
                .fill(new ActiveCartStore.Filling(owner, "GBP", DAYS, List.of(lines)))
                .id()));
    }

    private CartChange add(UUID cart, CartOwner owner, CartLine line) {
        return shop.supply(
                () -> test.database().inTransaction(tx -> ActiveCartStore.add(tx, cart, owner, DAYS, List.of(line))));
    }

    private void convert(UUID cart, UUID order, CartLine... lines) {
        shop.run(() -> endpoint.convert(new ConvertCart(
                cart,
                order,
                1,
                Stream.of(lines)
                        .map(line -> new ConvertCart.OrderedLine(line.productId(), line.quantity()))
                        .toList())));
    }

    private UUID cartOf(CartOwner owner, CartLine... lines) {
        return ((CartChange.Done) addToActive(owner, lines)).cartId();
    }

    private StoredCart read(UUID cart) {
        return Objects.requireNonNull(shop.supply(() -> carts.find(cart)));
    }

    private long activeCarts(CartOwner owner) {
        return test.admin()
                .sql(
                        "SELECT count(*) FROM carts WHERE status = 'ACTIVE' AND (customer_id = :customer OR guest_id = :guest)")
                .param("customer", owner.customerId())
                .param("guest", owner.guestId())
                .query(Long.class)
                .single();
    }

    /** As if that many days had passed since the cart was changed. */
    private static void age(UUID cart, int days) {
        int aged = test.database()
                .asWorker(tx -> tx.jdbc()
                        .sql(
                                "UPDATE carts SET expires_at = now() - make_interval(days => :days, secs => 1) WHERE id = :id")
                        .param("days", days)
                        .param("id", cart)
                        .update());
        assertThat(aged).isEqualTo(1);
    }

    @Test
    @Tag("PLT-05")
    void whoeverAddsAtTheSameMomentAddsToOneCartAndNothingIsLost() throws Exception {
        UUID jug = Ids.next();

        List<CartChange> answers = Concurrently.run(THREADS, _ -> addToActive(customer, line(mug, 2), line(jug, 1)))
                .valuesOrThrow();

        assertThat(answers).hasSize(THREADS).containsOnly(answers.getFirst());
        StoredCart cart = read(((CartChange.Done) answers.getFirst()).cartId());
        assertThat(cart.version()).isEqualTo(THREADS);
        assertThat(cart.lines()).extracting(CartLine::quantity).containsExactlyInAnyOrder(2 * THREADS, THREADS);
        assertThat(activeCarts(customer)).isOne();
    }

    @Test
    @Tag("PLT-05")
    void twoFirstCartsAtOnceAreOne() throws Exception {
        for (int round = 0; round < 20; round++) {
            CartOwner guest = new CartOwner(null, Ids.next());

            List<CartChange> answers = Concurrently.run(2, i -> addToActive(guest, line(mug, 1 + i)))
                    .valuesOrThrow();

            assertThat(answers.getFirst()).isEqualTo(answers.getLast());
            assertThat(activeCarts(guest)).isOne();
            assertThat(read(((CartChange.Done) answers.getFirst()).cartId()).lines())
                    .extracting(CartLine::quantity)
                    .containsExactly(3);
        }
    }

    @Test
    @Tag("PLT-05")
    void ofWritersWithTheSameVersionOneWins() throws Exception {
        UUID cart = cartOf(customer, line(mug, 1));

        List<CartChange> answers = Concurrently.run(
                        THREADS, i -> shop.supply(() -> activeCarts.set(cart, customer, 1L, DAYS, line(mug, 10 + i))))
                .valuesOrThrow();

        assertThat(answers).filteredOn(CartChange.Done.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(CartChange.Stale.class::isInstance).hasSize(THREADS - 1);
        assertThat(read(cart).version()).isEqualTo(2);
    }

    @Test
    void aQuantityBeyondTheLimitIsRefusedAndTheWholeChangeWithIt() {
        UUID cart = cartOf(customer, line(mug, Cart.MAX_QUANTITY - 1));
        UUID jug = Ids.next();

        assertThatThrownBy(() -> addToActive(customer, line(jug, 1), line(mug, 2)))
                .isInstanceOfSatisfying(
                        ActiveCartStore.Undone.class,
                        undone -> assertThat(undone.change()).isEqualTo(new CartChange.QuantityTooGreat()));
        assertThat(read(cart).lines()).containsExactly(line(mug, Cart.MAX_QUANTITY - 1));
        assertThat(read(cart).version()).isEqualTo(1);

        assertThat(addToActive(customer, line(mug, 1))).isEqualTo(new CartChange.Done(cart));
        assertThat(read(cart).lines()).containsExactly(line(mug, Cart.MAX_QUANTITY));
    }

    @Test
    @Tag("PLT-05")
    void amongManyTheCartThatWouldBeOverfullIsRefusedAlone() throws Exception {
        List<CartOwner> owners = Stream.generate(() -> new CartOwner(null, Ids.next()))
                .limit(THREADS)
                .toList();
        List<Boolean> filled = Concurrently.run(THREADS, i -> {
                    try {
                        CartLine more = new CartLine(Ids.next(), 1 + i, Money.parse("2.50", "GBP"));
                        boolean tooMuch = i % 10 == 5;
                        addToActive(
                                owners.get(i),
                                tooMuch ? new CartLine(mug, 2, Money.parse("60000000.00", "GBP")) : line(mug, 1),
                                more);
                        return true;
                    } catch (ActiveCartStore.Undone undone) {
                        assertThat(undone.change()).isEqualTo(new CartChange.WorthTooMuch());
                        return false;
                    }
                })
                .valuesOrThrow();

        for (int i = 0; i < THREADS; i++) {
            assertThat(filled.get(i)).isEqualTo(i % 10 != 5);
            assertThat(activeCarts(owners.get(i))).isEqualTo(i % 10 == 5 ? 0 : 1);
        }
    }

    /** Fillings of one transaction. */
    private List<StoredCart> together(ActiveCartStore.Filling... fillings) {
        return shop.supply(() -> test.database()
                .inTransaction(tx -> ActiveCartStore.fillAll(
                        tx,
                        Stream.of(fillings)
                                .map(filling -> new Call<>(filling, "f".repeat(32)))
                                .toList())));
    }

    private static ActiveCartStore.Filling filling(CartOwner owner, CartLine... lines) {
        return new ActiveCartStore.Filling(owner, "GBP", DAYS, List.of(lines));
    }

    @Test
    void cartsOfOneTransactionAreFilledEachForItsOwnerAndTwiceForWhoComesTwice() {
        UUID jug = Ids.next();
        CartOwner guest = new CartOwner(null, Ids.next());
        CartOwner other = new CartOwner(Ids.next(), null);
        UUID before = cartOf(guest, line(mug, 1));

        List<StoredCart> filled = together(
                filling(customer, line(mug, 2), line(jug, 1)),
                filling(guest, line(jug, 4), line(mug, 3)),
                filling(other),
                filling(customer, line(mug, 5)));

        assertThat(filled)
                .extracting(StoredCart::customerId)
                .containsExactly(customer.customerId(), null, other.customerId(), customer.customerId());
        assertThat(filled).extracting(StoredCart::version).containsExactly(1L, 2L, 1L, 2L);
        assertThat(filled.get(0).lines()).containsExactly(line(mug, 2), line(jug, 1));
        assertThat(filled.get(1).id()).isEqualTo(before);
        assertThat(filled.get(1).lines()).containsExactly(line(mug, 4), line(jug, 4));
        assertThat(filled.get(2).lines()).isEmpty();
        assertThat(filled.get(3)).isEqualTo(read(filled.get(0).id()));
        assertThat(filled.get(3).lines()).containsExactly(line(mug, 7), line(jug, 1));
        assertThat(activeCarts(customer) + activeCarts(guest) + activeCarts(other))
                .isEqualTo(3);
    }

    @Test
    @Tag("PLT-05")
    void ofOneTransactionTheFirstThatExceedsALimitIsNamedAndNothingIsDone() {
        CartOwner full = new CartOwner(null, Ids.next());
        UUID cart = cartOf(full, line(mug, Cart.MAX_QUANTITY - 1));
        CartLine tooMuch = new CartLine(Ids.next(), 2, Money.parse("60000000.00", "GBP"));

        assertThatThrownBy(() -> together(
                        filling(customer, line(mug, 1)),
                        filling(customer, tooMuch),
                        filling(full, line(Ids.next(), 1), line(mug, 2)),
                        filling(new CartOwner(Ids.next(), null), line(mug, 1))))
                .isInstanceOf(CallFailedException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ActiveCartStore.Undone.class,
                        undone -> assertThat(undone.change()).isEqualTo(new CartChange.WorthTooMuch()));

        assertThat(activeCarts(customer)).isZero();
        assertThat(read(cart).lines()).containsExactly(line(mug, Cart.MAX_QUANTITY - 1));
    }

    @Test
    void theDatabaseRefusesAnOwnerWhoIsNamedTwice() {
        UUID owner = Objects.requireNonNull(customer.customerId());

        assertThatThrownBy(() -> shop.supply(() -> test.database()
                        .inTransaction(tx -> tx.jdbc()
                                .sql("""
                        SELECT outcome FROM add_to_active_carts(:tenant, ARRAY[uuidv7(), uuidv7()], ARRAY[:owner, :owner]::uuid[],
                            ARRAY[NULL, NULL]::uuid[], ARRAY['GBP', 'GBP'], ARRAY[30, 30], ARRAY[1, 2],
                            ARRAY[:mug, :mug]::uuid[], ARRAY[1, 1], ARRAY[2.50, 2.50], 999999, 500, 99999999.99)
                        """)
                                .param("tenant", shop.tenantId())
                                .param("owner", owner)
                                .param("mug", mug)
                                .query(String.class)
                                .list())))
                .hasStackTraceContaining("ON CONFLICT DO UPDATE command cannot affect row a second time");
        assertThat(activeCarts(customer)).isZero();
    }

    @Test
    @Tag("PLT-05")
    void ofOrdersForOneCartAtTheSameMomentOneGetsItAndOtherCartsGetTheirs() throws Exception {
        UUID cart = cartOf(customer, line(mug, 1));
        List<UUID> others = Stream.generate(() -> cartOf(new CartOwner(Ids.next(), null), line(mug, 1)))
                .limit(THREADS)
                .toList();
        List<UUID> orders = Stream.generate(Ids::next).limit(THREADS).toList();

        Concurrently.run(THREADS, i -> {
                    convert(i % 2 == 0 ? cart : others.get(i), orders.get(i), line(mug, 1));
                    return i;
                })
                .valuesOrThrow();

        assertThat(read(cart).status()).isEqualTo("ORDERED");
        assertThat(read(cart).version()).isEqualTo(2);
        for (int i = 0; i < THREADS; i++) {
            assertThat(read(others.get(i)).status()).isEqualTo(i % 2 == 0 ? "ACTIVE" : "ORDERED");
            assertThat(orderOf(others.get(i))).isEqualTo(i % 2 == 0 ? null : orders.get(i));
        }
        assertThat(orders.indexOf(orderOf(cart)) % 2).isZero();
    }

    private static @Nullable UUID orderOf(UUID cart) {
        return test.admin()
                .sql("SELECT ordered_order_id FROM carts WHERE id = :id")
                .param("id", cart)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, UUID.class)))
                .single()
                .orElse(null);
    }

    @Test
    void aCartBecomesAnOrderOnceAndStaysThatOrders() {
        UUID cart = cartOf(customer, line(mug, 1));
        UUID order = Ids.next();

        convert(cart, order, line(mug, 1));
        convert(cart, order, line(mug, 1));
        convert(cart, Ids.next(), line(mug, 1));
        convert(Ids.next(), order, line(mug, 1));

        CartSnapshot converted = shop.supply(() -> endpoint.find(new FindCart(cart)));
        assertThat(converted)
                .isEqualTo(new CartSnapshot(cart, customer.customerId(), null, "ORDERED", 2, List.of(line(mug, 1))));
        assertThat(test.admin()
                        .sql("SELECT ordered_order_id FROM carts WHERE id = :id")
                        .param("id", cart)
                        .query(UUID.class)
                        .single())
                .isEqualTo(order);
        assertThat(add(cart, customer, line(mug, 1))).isEqualTo(new CartChange.NoSuchCart());
        assertThat(cartOf(customer, line(mug, 1))).isNotEqualTo(cart);
    }

    @Test
    @Tag("CRT-04")
    void anExpiredCartIsAbandonedAndAWeekLaterDeleted() {
        UUID expired = cartOf(customer, line(mug, 1));
        UUID fresh = cartOf(new CartOwner(Ids.next(), null), line(mug, 1));
        age(expired, 0);

        assertThat(carts.deleteExpired(7, BATCH)).isZero();
        assertThat(carts.abandonExpired(BATCH)).isOne();
        assertThat(carts.abandonExpired(BATCH)).isZero();
        assertThat(read(expired).status()).isEqualTo("ABANDONED");
        assertThat(read(expired).version()).isEqualTo(2);
        assertThat(read(fresh).status()).isEqualTo("ACTIVE");
        assertThat(add(expired, customer, line(mug, 1))).isEqualTo(new CartChange.NoSuchCart());

        age(expired, 6);
        assertThat(carts.deleteExpired(7, BATCH)).isZero();
        age(expired, 7);
        assertThat(carts.deleteExpired(7, BATCH)).isOne();
        assertThat(shop.<@Nullable StoredCart>supply(() -> carts.find(expired))).isNull();
        assertThat(test.admin()
                        .sql("SELECT count(*) FROM cart_items WHERE cart_id = :id")
                        .param("id", expired)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(read(fresh).lines()).hasSize(1);
    }

    @Test
    @Tag("CRT-04")
    void anActiveCartIsNeverDeletedHoweverOld() {
        UUID cart = cartOf(customer, line(mug, 1));
        age(cart, 1_000);

        assertThat(carts.deleteExpired(7, BATCH)).isZero();
        // A change in time keeps it.
        assertThat(cartOf(customer, line(mug, 1))).isEqualTo(cart);
        assertThat(carts.abandonExpired(BATCH)).isZero();
    }

    @Test
    @Tag("PLT-17")
    void anotherShopSeesAndChangesNothing() {
        UUID cart = cartOf(customer, line(mug, 1));
        RequestContext other = Contexts.system(Contexts.newTenant());

        assertThat(other.<@Nullable CartSnapshot>supply(() -> endpoint.find(new FindCart(cart))))
                .isNull();
        other.run(() -> endpoint.convert(new ConvertCart(cart, Ids.next(), 1, List.of())));
        assertThat(other.<CartChange>supply(() -> activeCarts.remove(cart, customer, null, DAYS, mug)))
                .isEqualTo(new CartChange.NoSuchCart());
        assertThat(other.<Integer>supply(() -> test.database()
                        .inTransaction(tx -> tx.jdbc()
                                        .sql("UPDATE carts SET version = version + 1")
                                        .update()
                                + tx.jdbc().sql("DELETE FROM cart_items").update())))
                .isZero();
        assertThatThrownBy(() -> other.run(() -> test.database()
                        .inTransaction(tx -> tx.jdbc()
                                .sql("""
                                INSERT INTO carts (tenant_id, id, customer_id, currency, expires_at)
                                VALUES (:shop, gen_random_uuid(), gen_random_uuid(), 'GBP', now())
                                """)
                                .param("shop", shop.tenantId())
                                .update())))
                .hasStackTraceContaining("row-level security");

        assertThat(read(cart).version()).isEqualTo(1);
        assertThat(read(cart).lines()).containsExactly(line(mug, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "uq_carts_active_customer; INSERT INTO carts (tenant_id, id, customer_id, currency, expires_at)"
                        + " SELECT tenant_id, gen_random_uuid(), customer_id, 'GBP', now() FROM carts WHERE id = :cart",
                "chk_carts_owner; UPDATE carts SET guest_id = gen_random_uuid() WHERE id = :cart",
                "chk_carts_owner; UPDATE carts SET customer_id = NULL WHERE id = :cart",
                "chk_carts_ordered; UPDATE carts SET status = 'ORDERED' WHERE id = :cart",
                "chk_carts_continued; UPDATE carts SET status = 'MERGED' WHERE id = :cart",
                "chk_carts_continued; UPDATE carts SET continued_in = gen_random_uuid() WHERE id = :cart",
                "chk_carts_status; UPDATE carts SET status = 'LOST' WHERE id = :cart",
                "chk_cart_items_quantity; UPDATE cart_items SET quantity = 0 WHERE cart_id = :cart",
                "chk_cart_items_quantity; UPDATE cart_items SET quantity = 1000000 WHERE cart_id = :cart",
                "chk_cart_items_unit_price; UPDATE cart_items SET unit_price = -0.01 WHERE cart_id = :cart",
                "fk_cart_items_cart; UPDATE cart_items SET cart_id = gen_random_uuid() WHERE cart_id = :cart"
            })
    void theSchemaRefusesWhatTheCodeWouldNeverWrite(String guard, String sql) {
        UUID cart = cartOf(customer, line(mug, 1));

        assertThatThrownBy(() -> test.admin().sql(sql).param("cart", cart).update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining(guard);
    }

    @Test
    void twoActiveCartsOfOneGuestAreRefusedButOrderedOnesAreKept() {
        CartOwner guest = new CartOwner(null, Ids.next());
        UUID cart = cartOf(guest, line(mug, 1));
        String second = "INSERT INTO carts (tenant_id, id, guest_id, currency, expires_at)"
                + " SELECT tenant_id, gen_random_uuid(), guest_id, 'GBP', now() + interval '1 day' FROM carts WHERE id = :cart";

        assertThatThrownBy(() -> test.admin().sql(second).param("cart", cart).update())
                .hasMessageContaining("uq_carts_active_guest");
        convert(cart, Ids.next(), line(mug, 1));
        assertThat(test.admin().sql(second).param("cart", cart).update()).isOne();
    }

    @Test
    void theReconcilerSeesEveryBrokenInvariant() {
        try (TestDatabase broken = TestDatabase.create("cart")) {
            CartInvariants invariants = new CartInvariants(broken.database());
            shop.run(() -> new ActiveCartStore(broken.database())
                    .fill(new ActiveCartStore.Filling(customer, "GBP", DAYS, List.of(line(mug, 1)))));
            assertThat(invariants.check()).hasSizeGreaterThanOrEqualTo(7).allMatch(InvariantResult::holds);

            broken.admin().sql("""
                    DROP INDEX uq_carts_active_customer;
                    ALTER TABLE carts DROP CONSTRAINT chk_carts_ordered;
                    ALTER TABLE cart_items DROP CONSTRAINT chk_cart_items_quantity;
                    ALTER TABLE carts DROP CONSTRAINT chk_carts_continued;
                    UPDATE carts SET continued_in = gen_random_uuid();
                    UPDATE cart_items SET quantity = 0;
                    UPDATE carts SET ordered_order_id = gen_random_uuid();
                    INSERT INTO carts (tenant_id, id, customer_id, currency, expires_at)
                        SELECT tenant_id, gen_random_uuid(), customer_id, 'GBP', now() FROM carts
                    """).update();
            assertThat(invariants.check().subList(0, 4))
                    .noneMatch(InvariantResult::holds)
                    .noneMatch(result -> result.examples().isEmpty());
        }
    }
}
