package org.cartulary.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.cart.StoreUnderTest.Kind;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.contracts.cart.CartSnapshot;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.contracts.cart.FindCart;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
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
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store of carts promises. */
@Tag("CRT-01")
@Tag("CRT-02")
@ParameterizedClass
@EnumSource(Kind.class)
class CartsTest {

    private static final int THREADS = 32;
    private static final int DAYS = 30;
    private static final int BATCH = 1_000;

    private static TestDatabase test;

    private final StoreUnderTest store;
    private final Carts carts;
    private final CartEndpoint endpoint;
    private final RequestContext shop = Contexts.system(Contexts.newTenant());
    private final CartOwner customer = new CartOwner(Ids.next(), null);
    private final UUID mug = Ids.next();

    CartsTest(Kind kind) {
        store = kind.open(test);
        carts = store.carts();
        endpoint = new CartEndpoint(List.of(carts));
    }

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
        return shop.supply(
                () -> new CartChange.Done(carts.fill(new ActiveCartStore.Filling(owner, "GBP", DAYS, List.of(lines)))
                        .id()));
    }

    private CartChange add(UUID cart, CartOwner owner, CartLine line) {
        return shop.supply(() -> carts.add(
                new Idempotency.Request("add", null, ""), cart, owner, () -> new Carts.Addition(DAYS, List.of(line))));
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

    private List<UUID> activeCarts(CartOwner owner) {
        return store.activeCarts(Objects.requireNonNull(shop.tenantId()), owner);
    }

    private void age(UUID cart, int days) {
        store.age(Objects.requireNonNull(shop.tenantId()), cart, days);
    }

    private @Nullable UUID orderOf(UUID cart) {
        return store.orderOf(Objects.requireNonNull(shop.tenantId()), cart);
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
        assertThat(activeCarts(customer)).hasSize(1);
    }

    @Test
    @Tag("PLT-05")
    void twoFirstCartsAtOnceAreOne() throws Exception {
        for (int round = 0; round < 20; round++) {
            CartOwner guest = new CartOwner(null, Ids.next());

            List<CartChange> answers = Concurrently.run(2, i -> addToActive(guest, line(mug, 1 + i)))
                    .valuesOrThrow();

            assertThat(answers.getFirst()).isEqualTo(answers.getLast());
            assertThat(activeCarts(guest)).hasSize(1);
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
                        THREADS, i -> shop.supply(() -> carts.set(cart, customer, 1L, DAYS, line(mug, 10 + i))))
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
            assertThat(activeCarts(owners.get(i))).hasSize(i % 10 == 5 ? 0 : 1);
        }
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

    @Test
    void whatIsNotForSaleAnyMoreStaysInTheCartThatWasOrderedAsItWas() {
        UUID deleted = Ids.next();
        UUID cart = cartOf(customer, line(mug, 1), line(deleted, 2));

        convert(cart, Ids.next(), line(mug, 1));

        assertThat(activeCarts(customer)).isEmpty();
        assertThat(read(cart).lines()).containsExactlyInAnyOrder(line(mug, 1), line(deleted, 2));
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
                .isEqualTo(
                        new CartSnapshot(cart, customer.customerId(), null, "ORDERED", 2, List.of(line(mug, 1)), null));
        assertThat(orderOf(cart)).isEqualTo(order);
        assertThat(add(cart, customer, line(mug, 1))).isEqualTo(new CartChange.NoSuchCart());
        assertThat(cartOf(customer, line(mug, 1))).isNotEqualTo(cart);
    }

    @Test
    @Tag("CRT-04")
    void anExpiredCartIsAbandonedAndAWeekLaterDeleted() {
        UUID expired = cartOf(customer, line(mug, 1));
        UUID fresh = cartOf(new CartOwner(Ids.next(), null), line(mug, 1));
        carts.abandonExpired(BATCH);
        age(expired, 0);

        assertThat(carts.deleteExpired(7, BATCH)).isZero();
        assertThat(carts.abandonExpired(BATCH)).isOne();
        assertThat(carts.abandonExpired(BATCH)).isZero();
        assertThat(read(expired).status()).isEqualTo("ABANDONED");
        assertThat(read(expired).version()).isEqualTo(2);
        assertThat(read(fresh).status()).isEqualTo("ACTIVE");
        assertThat(add(expired, customer, line(mug, 1))).isEqualTo(new CartChange.NoSuchCart());

        age(expired, 6);
        carts.deleteExpired(7, BATCH);
        assertThat(read(expired).lines()).hasSize(1);
        age(expired, 7);
        carts.deleteExpired(7, BATCH);
        assertThat(shop.<@Nullable StoredCart>supply(() -> carts.find(expired))).isNull();
        assertThat(read(fresh).lines()).hasSize(1);
    }

    @Test
    @Tag("CRT-04")
    void anExpiredCartThatIsChangedInTimeLivesOn() {
        UUID cart = cartOf(customer, line(mug, 1));
        age(cart, 0);

        assertThat(cartOf(customer, line(mug, 1))).isEqualTo(cart);
        carts.abandonExpired(BATCH);

        assertThat(read(cart).status()).isEqualTo("ACTIVE");
        assertThat(read(cart).lines()).containsExactly(line(mug, 2));
    }

    @Test
    @Tag("CRT-04")
    void staffIsToldWhichCartsWereAbandonedFromTheLatestOn() {
        UUID first = cartOf(customer, line(mug, 2), line(Ids.next(), 1));
        UUID second = cartOf(new CartOwner(null, Ids.next()), line(mug, 1));
        UUID ordered = cartOf(new CartOwner(Ids.next(), null), line(mug, 1));
        cartOf(new CartOwner(Ids.next(), null), line(mug, 1));
        List.of(first, second, ordered).forEach(cart -> age(cart, 0));
        carts.abandonExpired(BATCH);
        convert(ordered, Ids.next(), line(mug, 1));

        List<AbandonedCart> page = shop.supply(() -> carts.abandoned(null, 1));
        List<AbandonedCart> rest = shop.supply(() -> carts.abandoned(second, 10));

        assertThat(page).extracting(AbandonedCart::id).containsExactly(second);
        assertThat(page.getFirst().customerId()).isNull();
        assertThat(rest).extracting(AbandonedCart::id).containsExactly(first);
        assertThat(rest.getFirst().customerId()).isEqualTo(customer.customerId());
        assertThat(rest.getFirst().lines()).isEqualTo(2);
        assertThat(rest.getFirst().units()).isEqualTo(3);
        assertThat(rest.getFirst().worth()).isEqualTo(Money.parse("7.50", "GBP"));
        assertThat(Contexts.system(Contexts.newTenant()).<List<AbandonedCart>>supply(() -> carts.abandoned(null, 10)))
                .isEmpty();
    }

    @Test
    @Tag("CRT-04")
    void aCouponIsKeptWithItsCartGoesWithAMergeAndIsTakenOut() {
        CartOwner guest = new CartOwner(null, Ids.next());
        UUID cart = cartOf(guest, line(mug, 1));

        assertThat(shop.<CartChange>supply(() -> carts.useCoupon(cart, customer, DAYS, "POUND")))
                .isEqualTo(new CartChange.NoSuchCart());
        assertThat(shop.<CartChange>supply(() -> carts.useCoupon(cart, guest, DAYS, "POUND")))
                .isEqualTo(new CartChange.Done(cart));
        assertThat(read(cart).couponCode()).isEqualTo("POUND");
        assertThat(read(cart).version()).isEqualTo(2);

        UUID buyer = Objects.requireNonNull(customer.customerId());
        shop.supply(() -> carts.merge(buyer, Objects.requireNonNull(guest.guestId()), DAYS));
        UUID merged = activeCarts(customer).getFirst();
        assertThat(read(merged).couponCode()).isEqualTo("POUND");
        shop.supply(() -> carts.useCoupon(merged, customer, DAYS, null));
        assertThat(read(merged).couponCode()).isNull();
    }

    @Test
    void whatIsReadIsWhatWasKept() {
        UUID jug = Ids.next();
        StoredCart filled = shop.supply(() -> carts.fill(
                new ActiveCartStore.Filling(customer, "JPY", DAYS, List.of(price(mug, "99999999"), price(jug, "0")))));

        assertThat(filled.lines()).containsExactly(price(mug, "99999999"), price(jug, "0"));
        assertThat(filled.currency()).isEqualTo("JPY");
        assertThat(filled.customerId()).isEqualTo(customer.customerId());
        assertThat(filled.guestId()).isNull();
        assertThat(read(filled.id())).isEqualTo(filled);
    }

    private static CartLine price(UUID product, String yen) {
        return new CartLine(product, 1, Money.parse(yen, "JPY"));
    }

    @Test
    void aCartThatWouldHoldTooMuchStaysAsItWas() {
        UUID cart = cartOf(customer, line(mug, 1));
        CartLine[] many =
                Stream.generate(() -> line(Ids.next(), 1)).limit(Cart.MAX_LINES).toArray(CartLine[]::new);
        CartLine gold = new CartLine(Ids.next(), 2, Money.parse("50000000.00", "GBP"));

        assertThatThrownBy(() -> addToActive(customer, many))
                .isInstanceOfSatisfying(
                        ActiveCartStore.Undone.class,
                        undone -> assertThat(undone.change()).isEqualTo(new CartChange.TooManyLines()));
        assertThat(add(cart, customer, gold)).isEqualTo(new CartChange.WorthTooMuch());
        assertThat(shop.<CartChange>supply(() -> carts.set(cart, customer, null, DAYS, gold)))
                .isEqualTo(new CartChange.WorthTooMuch());

        assertThat(read(cart).version()).isEqualTo(1);
        assertThat(read(cart).lines()).containsExactly(line(mug, 1));
    }

    @Test
    @Tag("PLT-05")
    void aRepeatedKeyFillsOnceHoweverManyComeAtOnce() throws Exception {
        UUID buyer = Objects.requireNonNull(customer.customerId());
        RequestContext caller = Contexts.customer(Objects.requireNonNull(shop.tenantId()), buyer);
        Idempotency.Request request = new Idempotency.Request("POST /carts", "key", List.of(mug));

        Concurrently.run(THREADS, _ -> {
                    try {
                        return caller.supply(() -> carts.fillOnce(request, customer, () -> filling(line(mug, 2))));
                    } catch (ProblemException twin) {
                        assertThat(twin.code()).isEqualTo("request-in-progress");
                        return null;
                    }
                })
                .valuesOrThrow();

        assertThat(activeCarts(customer)).hasSize(1);
        assertThat(read(activeCarts(customer).getFirst()).lines()).containsExactly(line(mug, 2));
    }

    private ActiveCartStore.Filling filling(CartLine... lines) {
        return new ActiveCartStore.Filling(customer, "GBP", DAYS, List.of(lines));
    }

    @Test
    @Tag("PLT-17")
    void anotherShopSeesAndChangesNothing() {
        UUID cart = cartOf(customer, line(mug, 1));
        RequestContext other = Contexts.system(Contexts.newTenant());

        assertThat(other.<@Nullable CartSnapshot>supply(() -> endpoint.find(new FindCart(cart))))
                .isNull();
        other.run(() -> endpoint.convert(new ConvertCart(cart, Ids.next(), 1, Instant.now(), List.of())));
        assertThat(other.<CartChange>supply(() -> carts.remove(cart, customer, null, DAYS, mug)))
                .isEqualTo(new CartChange.NoSuchCart());
        UUID buyer = Objects.requireNonNull(customer.customerId());
        Traces traces = new Traces(buyer, List.of(), List.of(), List.of(cart), List.of());
        assertThat(other.supply(() -> store.records().erase(traces)).rows()).isZero();
        assertThat(other.supply(() -> store.records().export(traces)).json()).doesNotContain(cart.toString());

        assertThat(read(cart).version()).isEqualTo(1);
        assertThat(read(cart).lines()).containsExactly(line(mug, 1));
        assertThat(activeCarts(customer)).containsExactly(cart);
    }

    @Test
    void anotherOwnerChangesNothing() {
        UUID cart = cartOf(customer, line(mug, 1));
        CartOwner stranger = new CartOwner(null, customer.customerId());

        assertThat(add(cart, stranger, line(mug, 1))).isEqualTo(new CartChange.NoSuchCart());
        assertThat(shop.<CartChange>supply(() -> carts.set(cart, stranger, null, DAYS, line(mug, 3))))
                .isEqualTo(new CartChange.NoSuchCart());
        assertThat(shop.<CartChange>supply(() -> carts.remove(cart, stranger, null, DAYS, mug)))
                .isEqualTo(new CartChange.NoSuchCart());

        assertThat(read(cart).lines()).containsExactly(line(mug, 1));
    }

    @Test
    @Tag("PLT-30")
    void aCustomerIsToldOfAllTheirCartsAndForgottenWithThem() {
        UUID buyer = Objects.requireNonNull(customer.customerId());
        UUID ordered = cartOf(customer, line(mug, 1));
        UUID order = Ids.next();
        convert(ordered, order, line(mug, 1));
        UUID active = cartOf(customer, line(mug, 4));
        UUID neighbours = cartOf(new CartOwner(Ids.next(), null), line(mug, 5));
        Traces person = new Traces(buyer, List.of(), List.of(), List.of(), List.of());

        assertThat(shop.supply(() -> store.records().export(person)).json())
                .contains(ordered.toString(), active.toString(), order.toString(), mug.toString())
                .contains("2.50")
                .doesNotContain(neighbours.toString());
        assertThat(shop.supply(() -> store.records().erase(person)).rows()).isGreaterThanOrEqualTo(2);

        assertThat(shop.<@Nullable StoredCart>supply(() -> carts.find(ordered))).isNull();
        assertThat(shop.<@Nullable StoredCart>supply(() -> carts.find(active))).isNull();
        assertThat(read(neighbours).lines()).hasSize(1);
        assertThat(shop.supply(() -> store.records().export(person)).json()).doesNotContain(mug.toString());
        assertThat(cartOf(customer, line(mug, 1))).isNotEqualTo(active);
    }

    @Test
    @Tag("PLT-30")
    void whoSharesAGuestTokenIsNeitherToldNorForgottenWithTheOther() {
        UUID token = Ids.next();
        UUID order = Ids.next();
        CartOwner guest = new CartOwner(null, token);
        UUID ordered = cartOf(guest, line(mug, 1));
        convert(ordered, order, line(mug, 1));
        UUID ofTheOther = cartOf(guest, line(mug, 2));
        Traces person = new Traces(null, List.of(order), List.of(), List.of(), List.of(token));

        assertThat(shop.supply(() -> store.records().export(person)).json())
                .contains(ordered.toString())
                .doesNotContain(ofTheOther.toString());
        Traces traces = shop.supply(() -> store.records().trace(person));
        assertThat(traces.cartIds()).containsExactly(ordered);
        shop.run(() ->
                store.records().erase(new Traces(null, List.of(), List.of(), traces.cartIds(), traces.guestIds())));
        assertThat(shop.<@Nullable StoredCart>supply(() -> carts.find(ordered))).isNull();
        assertThat(read(ofTheOther).lines()).hasSize(1);
        assertThat(activeCarts(guest)).containsExactly(ofTheOther);
    }

    @Test
    void theInvariantsHoldOfAllThatWasDoneHere() {
        UUID cart = cartOf(customer, line(mug, 2));
        add(cart, customer, line(Ids.next(), 1));
        convert(cart, Ids.next(), line(mug, 1));

        assertThat(shop.<List<InvariantResult>>supply(carts::checkInvariants))
                .filteredOn(result -> result.name().contains("cart"))
                .hasSize(4)
                .allMatch(InvariantResult::holds)
                .allMatch(result -> result.rowsChecked() > 0);
    }
}
