package org.cartulary.cart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.cart.StoreUnderTest.Kind;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store promises of what is saved for later. */
@Tag("CRT-01")
@Tag("CRT-02")
@ParameterizedClass
@EnumSource(Kind.class)
class SavedListsTest {

    private static final int DAYS = 30;
    private static final int BATCH = 1_000;
    private static final int ROUNDS = 20;
    private static final Money TODAY = Money.parse("3.00", "GBP");

    private static TestDatabase test;

    private final StoreUnderTest store;
    private final Carts carts;
    private final SavedLists saved;
    private final UUID tenant = Contexts.newTenant();
    private final RequestContext shop = Contexts.system(tenant);
    private final UUID customerId = Ids.next();
    private final UUID guestId = Ids.next();
    private final CartOwner customer = new CartOwner(customerId, null);
    private final CartOwner guest = new CartOwner(null, guestId);
    private final UUID mug = Ids.next();
    private final UUID jug = Ids.next();

    SavedListsTest(Kind kind) {
        store = kind.open(test);
        carts = store.carts();
        saved = store.saved();
    }

    @BeforeAll
    static void createDatabase() {
        test = TestDatabase.create("cart");
    }

    @AfterAll
    static void dropDatabase() {
        for (Kind kind : Kind.values()) {
            assertThat(kind.open(test).carts().checkInvariants()).allMatch(InvariantResult::holds);
        }
        test.close();
    }

    private static CartLine line(UUID product, int quantity) {
        return new CartLine(product, quantity, Money.parse("2.50", "GBP"));
    }

    private UUID cartOf(CartOwner owner, CartLine... lines) {
        return shop.supply(() -> carts.fill(new ActiveCartStore.Filling(owner, "GBP", DAYS, List.of(lines)))
                .id());
    }

    private CartChange save(UUID cart, CartOwner owner, UUID product) {
        return shop.supply(() -> saved.save(cart, owner, null, DAYS, product));
    }

    private CartChange restore(UUID cart, CartOwner owner, UUID product) {
        return shop.supply(() -> saved.restore(cart, owner, null, DAYS, product, TODAY));
    }

    /** That many products that were put into a cart of the owner and saved. */
    private void saveMany(CartOwner owner, int products) {
        CartLine[] lines =
                Stream.generate(() -> line(Ids.next(), 1)).limit(products).toArray(CartLine[]::new);
        UUID cart = cartOf(owner, lines);
        for (CartLine line : lines) {
            assertThat(save(cart, owner, line.productId())).isEqualTo(new CartChange.Done(cart));
        }
    }

    private List<CartLine> lines(UUID cart) {
        return Objects.requireNonNull(shop.supply(() -> carts.find(cart))).lines();
    }

    private long version(UUID cart) {
        return Objects.requireNonNull(shop.supply(() -> carts.find(cart))).version();
    }

    private List<CartLine> savedOf(CartOwner owner) {
        return shop.supply(() -> saved.find(owner)).stream()
                .map(item -> new CartLine(item.productId(), item.quantity(), item.unitPrice()))
                .toList();
    }

    @Test
    void aLineThatIsSavedLeavesTheCartAndComesBackAtTodaysPrice() {
        UUID cart = cartOf(customer, line(mug, 2), line(jug, 1));

        assertThat(save(cart, customer, mug)).isEqualTo(new CartChange.Done(cart));
        assertThat(lines(cart)).containsExactly(line(jug, 1));
        assertThat(savedOf(customer)).containsExactly(line(mug, 2));
        assertThat(version(cart)).isEqualTo(2);

        assertThat(restore(cart, customer, mug)).isEqualTo(new CartChange.Done(cart));
        assertThat(lines(cart)).containsExactlyInAnyOrder(line(jug, 1), new CartLine(mug, 2, TODAY));
        assertThat(savedOf(customer)).isEmpty();
        assertThat(version(cart)).isEqualTo(3);
    }

    @Test
    void whoRepeatsAMoveMovesNothingAndIsToldThatItIsDone() {
        UUID cart = cartOf(customer, line(mug, 2));

        for (int i = 0; i < 2; i++) {
            assertThat(save(cart, customer, mug)).isEqualTo(new CartChange.Done(cart));
            assertThat(savedOf(customer)).containsExactly(line(mug, 2));
        }
        for (int i = 0; i < 2; i++) {
            assertThat(restore(cart, customer, mug)).isEqualTo(new CartChange.Done(cart));
            assertThat(lines(cart)).containsExactly(new CartLine(mug, 2, TODAY));
        }
    }

    @Test
    void unitsOfOneProductAddUpOnBothWays() {
        UUID cart = cartOf(customer, line(mug, 2));
        save(cart, customer, mug);
        cartOf(customer, line(mug, 3));
        save(cart, customer, mug);
        assertThat(savedOf(customer)).containsExactly(line(mug, 5));

        cartOf(customer, line(mug, 1));
        restore(cart, customer, mug);
        assertThat(lines(cart)).containsExactly(new CartLine(mug, 6, TODAY));

        cartOf(customer, line(jug, Cart.MAX_QUANTITY));
        save(cart, customer, jug);
        cartOf(customer, line(jug, Cart.MAX_QUANTITY));
        save(cart, customer, jug);
        assertThat(savedOf(customer)).containsExactly(line(jug, Cart.MAX_QUANTITY));
    }

    @Test
    void whatIsNeitherInTheCartNorSavedIsNotMoved() {
        UUID cart = cartOf(customer, line(mug, 2));

        assertThat(save(cart, customer, jug)).isEqualTo(new CartChange.NotInCart());
        assertThat(restore(cart, customer, jug)).isEqualTo(new CartChange.NotSaved());
        assertThat(version(cart)).isEqualTo(1);
    }

    @Test
    void anotherVersionThanWasSeenIsNotChanged() {
        UUID cart = cartOf(customer, line(mug, 2), line(jug, 1));
        save(cart, customer, jug);

        assertThat(shop.<CartChange>supply(() -> saved.save(cart, customer, 1L, DAYS, mug)))
                .isEqualTo(new CartChange.Stale());
        assertThat(shop.<CartChange>supply(() -> saved.restore(cart, customer, 1L, DAYS, jug, TODAY)))
                .isEqualTo(new CartChange.Stale());
        assertThat(lines(cart)).containsExactly(line(mug, 2));
        assertThat(savedOf(customer)).containsExactly(line(jug, 1));
    }

    @Test
    void whatIsSavedLivesOnWhenTheCartIsOrderedAndWhenItExpires() {
        UUID ordered = cartOf(customer, line(mug, 2), line(jug, 1));
        save(ordered, customer, mug);
        shop.run(() -> carts.convert(new ConvertCart(
                ordered, Ids.next(), version(ordered), Instant.now(), List.of(new ConvertCart.OrderedLine(jug, 1)))));
        assertThat(save(ordered, customer, jug)).isEqualTo(new CartChange.NoSuchCart());
        assertThat(restore(ordered, customer, mug)).isEqualTo(new CartChange.NoSuchCart());
        assertThat(savedOf(customer)).containsExactly(line(mug, 2));

        UUID expired = cartOf(customer, line(jug, 1));
        store.age(tenant, expired, 0);
        carts.abandonExpired(BATCH);
        UUID next = cartOf(customer, line(jug, 1));
        assertThat(next).isNotEqualTo(expired);
        assertThat(restore(next, customer, mug)).isEqualTo(new CartChange.Done(next));
    }

    @Test
    void aListHasALimitWhichNeitherAMoveNorAMergeExceeds() {
        saveMany(customer, SavedLists.MAX_LINES - 1);
        UUID cart = cartOf(customer, line(mug, 1), line(jug, 1));
        assertThat(save(cart, customer, mug)).isEqualTo(new CartChange.Done(cart));

        assertThat(save(cart, customer, jug)).isEqualTo(new CartChange.TooManySaved());
        assertThat(lines(cart)).containsExactly(line(jug, 1));
        assertThat(savedOf(customer)).hasSize(SavedLists.MAX_LINES);

        UUID ofGuest = cartOf(guest, line(jug, 1));
        save(ofGuest, guest, jug);
        assertThat(shop.<SavedChange>supply(() -> saved.merge(customerId, guestId)))
                .isEqualTo(new SavedChange.TooManySaved());
        assertThat(savedOf(guest)).containsExactly(line(jug, 1));
        // The cart is not held up by it.
        cartOf(guest, line(mug, 1));
        for (int i = 0; i < 2; i++) {
            assertThat(shop.<CartChange>supply(() -> carts.merge(customerId, guestId, DAYS)))
                    .isEqualTo(new CartChange.Done(cart));
            assertThat(lines(cart)).containsExactlyInAnyOrder(line(jug, 1), line(mug, 1));
            assertThat(savedOf(guest)).containsExactly(line(jug, 1));
            assertThat(savedOf(customer)).hasSize(SavedLists.MAX_LINES);
        }

        shop.run(() -> saved.remove(customer, mug));
        shop.run(() -> saved.remove(customer, mug));
        assertThat(shop.<SavedChange>supply(() -> saved.merge(customerId, guestId)))
                .isEqualTo(new SavedChange.Done());
        assertThat(savedOf(customer)).hasSize(SavedLists.MAX_LINES).contains(line(jug, 1));
    }

    @Test
    void whatDoesNotFitIntoTheCartStaysSaved() {
        UUID cart = cartOf(customer, line(mug, 1));
        save(cart, customer, mug);
        cartOf(customer, line(mug, Cart.MAX_QUANTITY));

        assertThat(restore(cart, customer, mug)).isEqualTo(new CartChange.QuantityTooGreat());

        assertThat(savedOf(customer)).containsExactly(line(mug, 1));
        assertThat(lines(cart)).containsExactly(line(mug, Cart.MAX_QUANTITY));
    }

    @Test
    void atLogInWhatTheGuestHasSavedGoesToTheCustomersListOnce() {
        UUID cart = cartOf(customer, line(mug, 1));
        save(cart, customer, mug);
        UUID ofGuest = cartOf(guest, line(mug, 2), line(jug, 3));
        save(ofGuest, guest, mug);
        save(ofGuest, guest, jug);

        for (int i = 0; i < 2; i++) {
            assertThat(shop.<CartChange>supply(() -> carts.merge(customerId, guestId, DAYS)))
                    .isEqualTo(new CartChange.Done(cart));
            assertThat(savedOf(customer)).containsExactlyInAnyOrder(line(mug, 3), line(jug, 3));
            assertThat(savedOf(guest)).isEmpty();
        }
        UUID again = cartOf(guest, line(jug, 1));
        save(again, guest, jug);
        assertThat(shop.<SavedChange>supply(() -> saved.merge(customerId, guestId)))
                .isEqualTo(new SavedChange.Done());
        assertThat(savedOf(customer)).containsExactlyInAnyOrder(line(mug, 3), line(jug, 4));
    }

    @Test
    @Tag("PLT-05")
    void ofMovesAtTheSameMomentEachTakesEffectOnceAndNothingIsLost() throws Exception {
        UUID cart = cartOf(customer, line(mug, 7));
        save(cart, customer, mug);
        for (int round = 0; round < ROUNDS; round++) {
            Concurrently.run(8, i -> i % 2 == 0 ? restore(cart, customer, mug) : save(cart, customer, mug))
                    .valuesOrThrow();

            int units = Stream.concat(lines(cart).stream(), savedOf(customer).stream())
                    .mapToInt(CartLine::quantity)
                    .sum();
            assertThat(units).isEqualTo(7);
        }
    }

    @Test
    @Tag("PLT-05")
    void whoSavesAndTakesBackWhileTheGuestSignsInLosesNothing() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            UUID token = Ids.next();
            CartOwner visitor = new CartOwner(null, token);
            CartOwner buyer = new CartOwner(Ids.next(), null);
            UUID cart = cartOf(visitor, line(mug, 2), line(jug, 3));
            save(cart, visitor, mug);

            Concurrently.run(3, i -> switch (i) {
                        case 0 -> save(cart, visitor, jug);
                        case 1 -> restore(cart, visitor, mug);
                        default -> shop.supply(() -> saved.merge(Objects.requireNonNull(buyer.customerId()), token));
                    })
                    .valuesOrThrow();

            assertThat(Stream.of(lines(cart), savedOf(visitor), savedOf(buyer))
                            .flatMap(List::stream)
                            .mapToInt(CartLine::quantity)
                            .sum())
                    .isEqualTo(5);
        }
    }

    @Test
    @Tag("PLT-05")
    void theLimitHoldsWhileTheGuestSignsInAndTheCustomerSavesMore() throws Exception {
        saveMany(customer, SavedLists.MAX_LINES - 2);
        for (int round = 0; round < ROUNDS; round++) {
            UUID token = Ids.next();
            CartOwner visitor = new CartOwner(null, token);
            UUID other = Ids.next();
            UUID another = Ids.next();
            UUID cart = cartOf(customer, line(other, 1));
            UUID ofVisitor = cartOf(visitor, line(another, 1), line(mug, 1));
            save(ofVisitor, visitor, another);
            save(ofVisitor, visitor, mug);

            Concurrently.run(
                            2,
                            i -> i == 0
                                    ? save(cart, customer, other)
                                    : shop.supply(() -> saved.merge(customerId, token)))
                    .valuesOrThrow();

            assertThat(savedOf(customer).size()).isLessThanOrEqualTo(SavedLists.MAX_LINES);
            for (UUID product : List.of(other, another, mug)) {
                shop.run(() -> saved.remove(customer, product));
            }
        }
    }

    @Test
    @Tag("CRT-04")
    void whatAGuestHasSavedExpiresAndWhatACustomerHasDoesNot() {
        for (CartOwner owner : List.of(guest, customer)) {
            save(cartOf(owner, line(mug, 1)), owner, mug);
        }
        saved.deleteExpired(BATCH);
        assertThat(savedOf(guest)).hasSize(1);

        store.expireSaved(tenant, guestId);
        saved.deleteExpired(BATCH);

        assertThat(savedOf(guest)).isEmpty();
        assertThat(savedOf(customer)).hasSize(1);
    }

    @Test
    @Tag("PLT-17")
    void anotherShopAndAnotherOwnerSeeAndChangeNothing() {
        UUID cart = cartOf(customer, line(mug, 1), line(jug, 1));
        save(cart, customer, mug);
        RequestContext other = Contexts.system(Contexts.newTenant());
        CartOwner stranger = new CartOwner(null, customerId);

        assertThat(other.<List<SavedItem>>supply(() -> saved.find(customer))).isEmpty();
        assertThat(savedOf(stranger)).isEmpty();
        assertThat(other.<CartChange>supply(() -> saved.save(cart, customer, null, DAYS, jug)))
                .isEqualTo(new CartChange.NoSuchCart());
        assertThat(save(cart, stranger, jug)).isEqualTo(new CartChange.NoSuchCart());
        assertThat(restore(cart, stranger, mug)).isEqualTo(new CartChange.NoSuchCart());
        other.run(() -> saved.remove(customer, mug));
        shop.run(() -> saved.remove(stranger, mug));
        other.run(() -> saved.merge(Ids.next(), customerId));

        assertThat(savedOf(customer)).containsExactly(line(mug, 1));
        assertThat(lines(cart)).containsExactly(line(jug, 1));
    }

    @Test
    @Tag("PLT-30")
    void aCustomerIsToldWhatTheyHaveSavedAndForgottenWithIt() {
        CartOwner neighbour = new CartOwner(Ids.next(), null);
        for (CartOwner owner : List.of(customer, neighbour)) {
            save(cartOf(owner, line(mug, 4)), owner, mug);
        }
        Traces person = new Traces(customerId, List.of(), List.of(), List.of(), List.of());

        assertThat(shop.supply(() -> store.records().exportSaved(person)).json())
                .contains(mug.toString(), "2.50", "GBP");
        shop.run(() -> store.records().erase(person));

        assertThat(savedOf(customer)).isEmpty();
        assertThat(savedOf(neighbour)).hasSize(1);
        assertThat(shop.supply(() -> store.records().exportSaved(person)).json())
                .isEqualTo("[]");
    }

    @Test
    @Tag("PLT-30")
    void whatAGuestHasSavedIsToldAndForgottenWhereNobodyElseUsesTheToken() {
        UUID cart = cartOf(guest, line(mug, 1), line(jug, 2));
        save(cart, guest, mug);
        UUID order = Ids.next();
        shop.run(() -> carts.convert(new ConvertCart(
                cart, order, version(cart), Instant.now(), List.of(new ConvertCart.OrderedLine(jug, 2)))));
        Traces person = new Traces(null, List.of(order), List.of(), List.of(), List.of(guestId));
        assertThat(shop.supply(() -> store.records().exportSaved(person)).json())
                .contains(mug.toString());

        UUID ofTheOther = cartOf(guest, line(jug, 1));
        assertThat(shop.supply(() -> store.records().exportSaved(person)).json())
                .isEqualTo("[]");
        shop.run(() -> store.records().erase(person));
        assertThat(savedOf(guest)).hasSize(1);

        shop.run(() ->
                store.records().erase(new Traces(null, List.of(), List.of(), List.of(ofTheOther), List.of(guestId))));
        assertThat(savedOf(guest)).isEmpty();
    }
}
