package org.cartulary.cart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.cart.StoreUnderTest.Kind;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.platform.context.RequestContext;
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

/** A cart that changes while its order is being placed, or while its guest signs in: nothing is lost, nothing twice. */
@Tag("CRT-01")
@Tag("CHK-02")
@ParameterizedClass
@EnumSource(Kind.class)
class OrderedCartConcurrencyTest {

    private static final int DAYS = 30;

    private static TestDatabase test;

    private final StoreUnderTest store;
    private final Carts carts;
    private final UUID tenant = Contexts.newTenant();
    private final RequestContext shop = Contexts.system(tenant);
    private final UUID customerId = Ids.next();
    private final CartOwner customer = new CartOwner(customerId, null);
    private final UUID mug = Ids.next();
    private final UUID jug = Ids.next();

    OrderedCartConcurrencyTest(Kind kind) {
        store = kind.open(test);
        carts = store.carts();
    }

    @BeforeAll
    static void createDatabase() {
        test = TestDatabase.create("cart");
    }

    @AfterAll
    static void dropDatabase() {
        for (Kind kind : Kind.values()) {
            assertThat(kind.open(test).carts().checkInvariants())
                    .filteredOn(result -> !result.name().equals("no-event-left"))
                    .allMatch(InvariantResult::holds);
        }
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

    private UUID cartOf(CartOwner owner, CartLine... lines) {
        return ((CartChange.Done) addToActive(owner, lines)).cartId();
    }

    private CartChange add(UUID cart, CartOwner owner, CartLine line) {
        return shop.supply(() -> carts.add(
                new Idempotency.Request("add", null, ""), cart, owner, () -> new Carts.Addition(DAYS, List.of(line))));
    }

    private StoredCart read(UUID cart) {
        return Objects.requireNonNull(shop.supply(() -> carts.find(cart)));
    }

    private void convert(UUID cart, CartLine... lines) {
        shop.run(() -> carts.convert(new ConvertCart(
                cart,
                Ids.next(),
                1,
                Instant.now(),
                Stream.of(lines)
                        .map(line -> new ConvertCart.OrderedLine(line.productId(), line.quantity()))
                        .toList())));
    }

    private CartChange merge(UUID guest) {
        return shop.supply(() -> carts.merge(customerId, guest, DAYS));
    }

    private List<String> lines(UUID cart) {
        return read(cart).lines().stream()
                .map(line -> (line.productId().equals(mug) ? "mug " : "jug ") + line.quantity())
                .toList();
    }

    @Test
    void aCartThatDidNotChangeHasNoSuccessor() {
        UUID cart = cartOf(customer, line(mug, 2));

        convert(cart, line(mug, 2));

        assertThat(read(cart).status()).isEqualTo("ORDERED");
        assertThat(read(cart).continuedIn()).isNull();
    }

    @Test
    void whatWasPutIntoTheCartMeanwhileGoesOnInANewOne() {
        UUID cart = cartOf(customer, line(mug, 2));
        add(cart, customer, line(mug, 3));
        add(cart, customer, line(jug, 1));

        convert(cart, line(mug, 2));
        convert(cart, line(mug, 2));

        assertThat(lines(cart)).containsExactly("mug 2");
        UUID successor = Objects.requireNonNull(read(cart).continuedIn());
        assertThat(read(successor).status()).isEqualTo("ACTIVE");
        assertThat(read(successor).customerId()).isEqualTo(customerId);
        assertThat(read(successor).expiresAt()).isEqualTo(read(cart).expiresAt());
        assertThat(lines(successor)).containsExactlyInAnyOrder("mug 3", "jug 1");
        assertThat(addToActive(customer, line(mug, 1))).isEqualTo(new CartChange.Done(successor));
    }

    @Test
    void whatWasTakenOutMeanwhileDoesNotComeBack() {
        UUID cart = cartOf(customer, line(mug, 2), line(jug, 1));
        shop.supply(() -> carts.remove(cart, customer, null, DAYS, jug));

        convert(cart, line(mug, 2), line(jug, 1));

        assertThat(read(cart).continuedIn()).isNull();
        assertThat(lines(cart)).containsExactly("mug 2");
    }

    @Test
    @Tag("CRT-04")
    void anAbandonedCartThatWasOrderedIsOrderedAndItsRestJoinsTheActiveOne() {
        UUID cart = cartOf(customer, line(mug, 2), line(jug, 1));
        store.age(tenant, cart, 0);
        carts.abandonExpired(1_000);
        UUID active = cartOf(customer, line(jug, 5));

        convert(cart, line(mug, 2));

        assertThat(read(cart).status()).isEqualTo("ORDERED");
        assertThat(read(cart).continuedIn()).isEqualTo(active);
        assertThat(lines(active)).containsExactly("jug 6");
    }

    @Test
    void whatIsOrderedOfACartThatWasMergedMeanwhileIsNotLeftToBeOrderedAgain() {
        UUID guest = Ids.next();
        UUID cart = cartOf(new CartOwner(null, guest), line(mug, 2));
        addToActive(new CartOwner(null, guest), line(mug, 1), line(jug, 4));
        UUID own = cartOf(customer, line(mug, 7));

        merge(guest);
        assertThat(lines(own)).containsExactlyInAnyOrder("mug 10", "jug 4");
        convert(cart, line(mug, 2));
        convert(cart, line(mug, 2));

        assertThat(read(cart).status()).isEqualTo("ORDERED");
        assertThat(lines(own)).containsExactlyInAnyOrder("mug 8", "jug 4");
    }

    @Test
    void quantitiesAddUpToTheMaximum() {
        UUID guest = Ids.next();
        cartOf(new CartOwner(null, guest), new CartLine(mug, Cart.MAX_QUANTITY, Money.parse("0.01", "GBP")));
        UUID own = cartOf(customer, new CartLine(mug, 5, Money.parse("0.01", "GBP")));

        assertThat(merge(guest)).isEqualTo(new CartChange.Done(own));

        assertThat(lines(own)).containsExactly("mug " + Cart.MAX_QUANTITY);
    }

    @Test
    @Tag("PLT-05")
    void ofMergesAtTheSameMomentOneTakesEffectAndAllAnswerTheSameCart() throws Exception {
        UUID guest = Ids.next();
        cartOf(new CartOwner(null, guest), line(mug, 2));

        List<CartChange> answers = Concurrently.run(16, _ -> merge(guest)).valuesOrThrow();

        assertThat(answers).containsOnly(answers.getFirst());
        assertThat(lines(((CartChange.Done) answers.getFirst()).cartId())).containsExactly("mug 2");
    }

    @Test
    @Tag("PLT-05")
    void whoAddsWhileTheCartBecomesAnOrderLosesNothingAndGetsNothingTwice() throws Exception {
        for (int round = 0; round < 10; round++) {
            CartOwner owner = new CartOwner(Ids.next(), null);
            UUID cart = cartOf(owner, line(mug, 1));

            List<@Nullable CartChange> answers = Concurrently.<@Nullable CartChange>run(12, i -> {
                        if (i < 2) {
                            convert(cart, line(mug, 1));
                            return null;
                        }
                        return i % 2 == 0 ? addToActive(owner, line(mug, 1)) : add(cart, owner, line(mug, 1));
                    })
                    .valuesOrThrow();

            long added =
                    answers.stream().filter(CartChange.Done.class::isInstance).count();
            long told = answers.stream()
                    .filter(CartChange.NoSuchCart.class::isInstance)
                    .count();
            assertThat(added + told).isEqualTo(10);
            assertThat(lines(cart)).containsExactly("mug 1");
            assertThat(unitsInActiveCarts(owner)).isEqualTo(added);
        }
    }

    @Test
    @Tag("PLT-05")
    void whateverAnOrderAndALogInMeetEachUnitIsOrderedOrInTheCartOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            UUID guest = Ids.next();
            CartOwner owner = new CartOwner(null, guest);
            UUID cart = cartOf(owner, line(mug, 3));
            addToActive(owner, line(jug, 2));
            RequestContext fresh = shop;
            UUID buyer = Ids.next();

            Concurrently.run(3, i -> {
                        if (i == 0) {
                            convert(cart, line(mug, 3));
                        } else {
                            fresh.supply(() -> carts.merge(buyer, guest, DAYS));
                        }
                        return i;
                    })
                    .valuesOrThrow();
            fresh.supply(() -> carts.merge(buyer, guest, DAYS));

            assertThat(read(cart).status()).isEqualTo("ORDERED");
            List<UUID> actives = store.activeCarts(tenant, new CartOwner(buyer, null));
            assertThat(actives).hasSize(1);
            UUID active = actives.getFirst();
            assertThat(read(active).lines().stream().collect(Collectors.toMap(CartLine::productId, CartLine::quantity)))
                    .containsOnly(java.util.Map.entry(jug, 2));
        }
    }

    private long unitsInActiveCarts(CartOwner owner) {
        return store.activeCarts(tenant, owner).stream()
                .flatMap(cart -> read(cart).lines().stream())
                .mapToLong(CartLine::quantity)
                .sum();
    }
}
