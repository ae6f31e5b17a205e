package org.cartulary.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
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

    private static final int DAYS = 30;
    private static final int BATCH = 1_000;

    private static TestDatabase test;

    private final CartStore carts = new CartStore(test.database());
    private final ActiveCartStore activeCarts = new ActiveCartStore(test.database());
    private final CartEndpoint endpoint =
            new CartEndpoint(List.of(new PostgresCarts(test.database(), JsonMapper.shared())));
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

    private void convert(UUID cart, UUID order, CartLine... lines) {
        shop.run(() -> endpoint.convert(new ConvertCart(
                cart,
                order,
                1,
                Instant.now(),
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
        other.run(() -> endpoint.convert(new ConvertCart(cart, Ids.next(), 1, Instant.now(), List.of())));
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

    @Test
    @Tag("CRT-04")
    void whatAGuestHasSavedIsKeptAsLongAsNewWhenALineIsTakenOff() {
        CartOwner guest = new CartOwner(null, Ids.next());
        UUID list = savedListOf(test, guest);
        test.admin()
                .sql("UPDATE saved_lists SET expires_at = now() + interval '1 day' WHERE id = :list")
                .param("list", list)
                .update();

        shop.run(() -> new PostgresSavedLists(test.database()).remove(guest, mug));

        assertThat(test.admin()
                        .sql("SELECT expires_at > now() + interval '89 days' FROM saved_lists WHERE id = :list")
                        .param("list", list)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private UUID savedListOf(TestDatabase database, CartOwner owner) {
        shop.run(() -> {
            UUID cart = new ActiveCartStore(database.database())
                    .fill(new ActiveCartStore.Filling(owner, "GBP", DAYS, List.of(line(mug, 1))))
                    .id();
            new PostgresSavedLists(database.database()).save(cart, owner, null, DAYS, mug);
        });
        return database.admin()
                .sql("SELECT id FROM saved_lists WHERE customer_id = :customer OR guest_id = :guest")
                .param("customer", owner.customerId())
                .param("guest", owner.guestId())
                .query(UUID.class)
                .single();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "uq_saved_lists_guest; INSERT INTO saved_lists (tenant_id, id, guest_id, expires_at)"
                        + " SELECT tenant_id, gen_random_uuid(), guest_id, now() FROM saved_lists WHERE id = :list",
                "chk_saved_lists_owner; UPDATE saved_lists SET customer_id = gen_random_uuid() WHERE id = :list",
                "chk_saved_lists_expiry; UPDATE saved_lists SET expires_at = NULL WHERE id = :list",
                "chk_saved_items_quantity; UPDATE saved_items SET quantity = 0 WHERE list_id = :list",
                "chk_saved_items_quantity; UPDATE saved_items SET quantity = 1000000 WHERE list_id = :list",
                "chk_saved_items_unit_price; UPDATE saved_items SET unit_price = -0.01 WHERE list_id = :list",
                "chk_saved_items_currency; UPDATE saved_items SET currency = '' WHERE list_id = :list",
                "fk_saved_items_list; UPDATE saved_items SET list_id = gen_random_uuid() WHERE list_id = :list"
            })
    void theSchemaRefusesWhatNobodyCouldSave(String guard, String sql) {
        UUID list = savedListOf(test, new CartOwner(null, Ids.next()));

        assertThatThrownBy(() -> test.admin().sql(sql).param("list", list).update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining(guard);
    }

    @Test
    void theReconcilerSeesWhatCannotBeSaved() {
        try (TestDatabase broken = TestDatabase.create("cart")) {
            CartInvariants invariants = new CartInvariants(broken.database());
            savedListOf(broken, customer);
            assertThat(invariants.check()).allMatch(InvariantResult::holds);

            broken.admin().sql("""
                    ALTER TABLE saved_lists DROP CONSTRAINT uq_saved_lists_customer;
                    ALTER TABLE saved_lists DROP CONSTRAINT chk_saved_lists_expiry;
                    ALTER TABLE saved_items DROP CONSTRAINT chk_saved_items_quantity;
                    UPDATE saved_lists SET expires_at = now();
                    UPDATE saved_items SET quantity = 0;
                    INSERT INTO saved_items (tenant_id, list_id, product_id, quantity, unit_price, currency)
                        SELECT tenant_id, id, gen_random_uuid(), 1, 1, 'GBP' FROM saved_lists, generate_series(1, 200);
                    INSERT INTO saved_lists (tenant_id, id, customer_id)
                        SELECT tenant_id, gen_random_uuid(), customer_id FROM saved_lists
                    """).update();
            assertThat(invariants.check())
                    .filteredOn(result -> result.name().contains("saved"))
                    .hasSize(4)
                    .noneMatch(InvariantResult::holds)
                    .noneMatch(result -> result.examples().isEmpty());
        }
    }
}
