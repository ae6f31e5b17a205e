package org.cartulary.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.cart.CartsController.CartRequest;
import org.cartulary.cart.CartsController.ItemRequest;
import org.cartulary.cart.CartsController.QuantityRequest;
import org.cartulary.cart.StoreUnderTest.Kind;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.GuestTokens;
import org.cartulary.platform.http.ProblemError;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Carts from the controller down, with a catalogue and a stock that the test knows. */
@ParameterizedClass
@EnumSource(Kind.class)
@Tag("CRT-03")
class FillingCartTest {

    private static final int IN_STOCK = 10;

    private static TestDatabase test;

    private final FixedCatalog catalog = new FixedCatalog();
    private final StoreUnderTest store;
    private final CartsController carts;
    private final UUID tenant = Contexts.newTenant();
    private final RequestContext customer = Contexts.customer(tenant, Ids.next());

    FillingCartTest(Kind kind) {
        store = kind.open(test);
        carts = inShopThatSellsIn("GBP");
    }

    private CartsController inShopThatSellsIn(String currency) {
        return new CartsController(new FillingCart(
                store.carts(),
                new CartCoupons(new FixedPromotions()),
                catalog,
                new FixedStock(IN_STOCK),
                new FixedTenants(currency)));
    }

    @BeforeAll
    static void createDatabase() {
        test = TestDatabase.create("cart");
    }

    @AfterAll
    static void dropDatabase() {
        test.close();
    }

    private static CartRequest items(ItemRequest... items) {
        return new CartRequest(List.of(items));
    }

    private static ItemRequest item(UUID product, int quantity) {
        return new ItemRequest(product, quantity);
    }

    private static Money pounds(String amount) {
        return Money.parse(amount, "GBP");
    }

    private static CartView shown(ResponseEntity<CartView> answer) {
        return Objects.requireNonNull(answer.getBody());
    }

    private CartView create(RequestContext who, ItemRequest... items) {
        return shown(who.supply(() -> carts.create(null, items(items))));
    }

    private CartView get(RequestContext who, UUID cart) {
        return shown(who.supply(() -> carts.get(cart)));
    }

    private CartView add(UUID cart, ItemRequest item) {
        return shown(customer.supply(() -> carts.add(cart, null, item)));
    }

    private CartView set(UUID cart, UUID product, int quantity, @Nullable String ifMatch) {
        return shown(customer.supply(() -> carts.set(cart, product, ifMatch, new QuantityRequest(quantity))));
    }

    private static ProblemException refused(RequestContext who, Runnable work) {
        return catchThrowableOfType(ProblemException.class, () -> who.run(work));
    }

    private static void assertPointer(ProblemException problem, String code, String pointer) {
        assertThat(problem.status()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.errors()).extracting(ProblemError::pointer).containsExactly(pointer);
    }

    @Test
    void aCartFromBeforeTheShopChangedItsCurrencyCanBeSeenEmptiedAndUsedAgain() {
        UUID mug = catalog.sells("2.50");
        UUID jug = catalog.sells("7.00");
        CartView before = create(customer, item(mug, 3), item(jug, 1));
        catalog.currency = "EUR";
        catalog.put(mug, "3.00", true);
        CartsController inEuro = inShopThatSellsIn("EUR");

        CartView seen = get(customer, before.id());
        assertThat(seen.lines()).extracting(CartView.Line::available).containsExactly(false, true);
        assertThat(seen.subtotal()).isEqualTo(pounds("7.00"));
        ProblemException refusal = refused(customer, () -> inEuro.create(null, items(item(mug, 1))));
        assertThat(refusal.code()).isEqualTo("cart-in-other-currency");
        assertThat(refusal.properties()).containsEntry("cartId", before.id());
        assertThat(refused(customer, () -> inEuro.create("key", items(item(mug, 1))))
                        .code())
                .isEqualTo("cart-in-other-currency");

        List.of(mug, jug).forEach(product -> customer.run(() -> inEuro.remove(before.id(), product, null)));
        CartView after = shown(customer.supply(() -> inEuro.create("another key", items(item(mug, 2)))));

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.subtotal()).isEqualTo(Money.parse("6.00", "EUR"));
        assertThat(after.lines()).extracting(CartView.Line::available).containsExactly(true);
        catalog.currency = "GBP";
    }

    @Test
    void theOwnerSeesNamesPricesStockAndTheSum() {
        UUID mug = catalog.sells("2.50");
        UUID jug = catalog.sells("7.00");

        ResponseEntity<CartView> answer = customer.supply(() -> carts.create(null, items(item(mug, 3), item(jug, 11))));

        CartView cart = shown(answer);
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(answer.getHeaders().getETag()).isEqualTo("\"1\"");
        assertThat(answer.getHeaders().getLocation()).hasPath("/api/v1/store/carts/" + cart.id());
        assertThat(cart.guestToken()).isNull();
        assertThat(cart.itemCount()).isEqualTo(14);
        assertThat(cart.subtotal()).isEqualTo(pounds("84.50"));
        assertThat(cart.lines().getFirst())
                .isEqualTo(new CartView.Line(
                        mug,
                        "SKU",
                        "Mug",
                        "https://shop/mug.png",
                        3,
                        pounds("2.50"),
                        pounds("7.50"),
                        false,
                        true,
                        true,
                        IN_STOCK,
                        null,
                        null));
        assertThat(cart.lines().getLast().inStock()).isFalse();
        assertThat(get(customer, cart.id())).isEqualTo(cart);
    }

    @Test
    @Tag("CAT-06")
    void whatTheShopDeletesLeavesTheCartWhichSaysSo() {
        UUID mug = catalog.sells("2.50");
        UUID bowl = catalog.sells("4.00");
        UUID cart = create(customer, item(mug, 2), item(bowl, 3)).id();

        catalog.delete(mug);

        CartView after = get(customer, cart);
        assertThat(after.lines()).extracting(CartView.Line::productId).containsExactly(bowl);
        assertThat(after.removed()).containsExactly(new CartView.Removed(mug, "SKU", "Mug", 2, "deleted"));
        assertThat(after.itemCount()).isEqualTo(3);
        assertThat(after.subtotal()).isEqualTo(pounds("12.00"));
    }

    @Test
    @Tag("CAT-01")
    void ofAProductWithVariantsAVariantIsToBeChosen() {
        UUID shirt = catalog.sellsVariantsOf("20.00");
        assertThatThrownBy(() -> create(customer, item(shirt, 1)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo("variant-required"));
    }

    @Test
    void aPriceThatChangedSinceIsShownAsSuchUntilTheLineIsChanged() {
        UUID mug = catalog.sells("2.50");
        UUID cart = create(customer, item(mug, 2)).id();

        catalog.put(mug, "3.00", true);

        CartView after = get(customer, cart);
        assertThat(after.lines().getFirst().priceChanged()).isTrue();
        assertThat(after.lines().getFirst().unitPrice()).isEqualTo(pounds("3.00"));
        assertThat(after.lines().getFirst().formerPrice()).isEqualTo(pounds("2.50"));
        assertThat(after.subtotal()).isEqualTo(pounds("6.00"));
        assertThat(set(cart, mug, 2, null).lines().getFirst().formerPrice()).isNull();
    }

    @Test
    void whatIsNotSoldAnyMoreStaysInTheCartButNotInTheSum() {
        UUID mug = catalog.sells("2.50");
        UUID gone = catalog.sells("1.00");
        UUID paused = catalog.sells("5.00");
        UUID cart =
                create(customer, item(mug, 1), item(gone, 1), item(paused, 1)).id();

        catalog.forget(gone);
        catalog.put(paused, "5.00", false);

        CartView after = get(customer, cart);
        assertThat(after.subtotal()).isEqualTo(pounds("2.50"));
        assertThat(after.lines()).extracting(CartView.Line::available).containsExactly(true, false, false);
    }

    @Test
    void anUnknownProductIsNamedWhereTheRequestNamesIt() {
        UUID mug = catalog.sells("2.50");
        UUID cart = create(customer, item(mug, 1)).id();
        UUID unknown = Ids.next();
        UUID paused = catalog.sells("5.00");
        catalog.put(paused, "5.00", false);

        assertPointer(
                refused(customer, () -> carts.create(null, items(item(mug, 1), item(unknown, 1)))),
                "unknown-product",
                "/items/1/productId");
        assertPointer(
                refused(customer, () -> carts.create(null, items(item(paused, 1)))),
                "unknown-product",
                "/items/0/productId");
        assertPointer(
                refused(customer, () -> carts.add(cart, null, item(unknown, 1))), "unknown-product", "/productId");
        assertPointer(
                refused(customer, () -> carts.set(cart, unknown, null, new QuantityRequest(1))),
                "unknown-product",
                "{productId}");
        assertThat(get(customer, cart).version()).isEqualTo(1);
    }

    @Test
    void theSameProductTwiceBecomesOneLineWithinTheLimits() {
        UUID clip = catalog.sells("0.01");
        UUID gold = catalog.sells("60000000.00");

        assertThat(create(customer, item(clip, 2), item(clip, 3)).lines())
                .extracting(CartView.Line::quantity)
                .containsExactly(5);
        assertPointer(
                refused(customer, () -> carts.create(null, items(item(clip, 999_999), item(clip, 1)))),
                "quantity-too-great",
                "/items/1/quantity");
        assertPointer(
                refused(customer, () -> carts.create(null, items(item(gold, 1), item(gold, 1)))),
                "line-too-great",
                "/items/1/quantity");
    }

    @Test
    void aCartThatWouldBeWorthMoreThanMoneyCanSayIsRefused() {
        UUID gold = catalog.sells("60000000.00");
        UUID silver = catalog.sells("39999999.99");
        UUID clip = catalog.sells("0.01");
        UUID cart = create(customer, item(gold, 1), item(silver, 1)).id();

        assertThat(refused(customer, () -> carts.add(cart, null, item(clip, 1))).code())
                .isEqualTo("cart-too-great");
        assertThat(refused(customer, () -> carts.add(cart, null, item(gold, 1))).code())
                .isEqualTo("cart-too-great");
        assertThat(get(customer, cart).subtotal()).isEqualTo(pounds("99999999.99"));

        catalog.put(silver, "50000000.00", true);
        ProblemException risen = refused(customer, () -> carts.get(cart));
        assertThat(risen.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(risen.code()).isEqualTo("cart-too-great");
        assertThat(shown(customer.supply(() -> carts.remove(cart, silver, null)))
                        .subtotal())
                .isEqualTo(pounds("60000000.00"));
    }

    @Test
    void aCartHasAtMost500Lines() {
        ItemRequest[] most = IntStream.range(0, Cart.MAX_LINES)
                .mapToObj(_ -> item(catalog.sells("1.00"), 1))
                .toArray(ItemRequest[]::new);
        UUID cart = create(customer, most).id();
        UUID further = catalog.sells("1.00");

        for (ProblemException refusal : List.of(
                refused(customer, () -> carts.add(cart, null, item(further, 1))),
                refused(customer, () -> carts.set(cart, further, null, new QuantityRequest(1))),
                refused(customer, () -> carts.create(null, items(item(further, 1)))))) {
            assertThat(refusal.status()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
            assertThat(refusal.code()).isEqualTo("too-many-lines");
        }
        assertThat(add(cart, most[0]).lines()).hasSize(Cart.MAX_LINES);
    }

    @Test
    @Tag("PLT-05")
    void aStaleVersionIsRefusedAndChangesNothing() {
        UUID mug = catalog.sells("2.50");
        UUID cart = create(customer, item(mug, 1)).id();
        assertThat(set(cart, mug, 4, "\"1\"").version()).isEqualTo(2);

        ProblemException set = refused(customer, () -> carts.set(cart, mug, "\"1\"", new QuantityRequest(9)));
        ProblemException removed = refused(customer, () -> carts.remove(cart, mug, "\"1\""));

        assertThat(set.status()).isEqualTo(HttpStatus.PRECONDITION_FAILED);
        assertThat(removed.status()).isEqualTo(HttpStatus.PRECONDITION_FAILED);
        assertThat(get(customer, cart).version()).isEqualTo(2);
        assertThat(get(customer, cart).lines().getFirst().quantity()).isEqualTo(4);
        assertThat(shown(customer.supply(() -> carts.remove(cart, mug, "\"2\"")))
                        .lines())
                .isEmpty();
    }

    @Test
    @Tag("CRT-01")
    void anothersCartIsAsIfThereWereNone() {
        UUID mug = catalog.sells("2.50");
        UUID cart = create(customer, item(mug, 1)).id();
        UUID customerId = Objects.requireNonNull(customer.principal().id());

        for (RequestContext who : List.of(
                Contexts.customer(tenant, Ids.next()),
                Contexts.guest(tenant, customerId),
                Contexts.visitor(tenant),
                Contexts.customer(Contexts.newTenant(), customerId))) {
            for (Runnable work : List.<Runnable>of(
                    () -> carts.get(cart),
                    () -> carts.add(cart, null, item(mug, 1)),
                    () -> carts.set(cart, mug, null, new QuantityRequest(1)),
                    () -> carts.set(cart, mug, "\"7\"", new QuantityRequest(1)),
                    () -> carts.remove(cart, mug, null))) {
                ProblemException refusal = refused(who, work);
                assertThat(refusal.status()).isEqualTo(HttpStatus.NOT_FOUND);
                assertThat(refusal.code()).isEqualTo("cart-not-found");
            }
        }
        assertThat(get(customer, cart).version()).isEqualTo(1);
    }

    @Test
    @Tag("CRT-01")
    void aVisitorIsGivenATokenOnceByWhichItFindsItsCartAgain() {
        UUID mug = catalog.sells("2.50");

        CartView created = create(Contexts.visitor(tenant), item(mug, 1));

        String token = Objects.requireNonNull(created.guestToken());
        RequestContext guest = Contexts.guest(tenant, GuestTokens.idOf(token));
        assertThat(get(guest, created.id()).guestToken()).isNull();
        CartView again = create(guest, item(mug, 1));
        assertThat(again.id()).isEqualTo(created.id());
        assertThat(again.guestToken()).isNull();
        assertThat(again.itemCount()).isEqualTo(2);
        assertThat(create(Contexts.visitor(tenant), item(mug, 1)).id()).isNotEqualTo(created.id());
    }

    private static CartView merge(RequestContext who, CartsController carts, String token) {
        return shown(who.supply(() -> carts.merge(new CartsController.MergeRequest(token))));
    }

    @Test
    @Tag("CRT-01")
    void aGuestWhoSignsInFindsItsItemsInTheCustomersCartOnce() {
        UUID mug = catalog.sells("2.50");
        UUID jug = catalog.sells("7.00");
        UUID own = create(customer, item(mug, 1)).id();
        CartView guests = create(Contexts.visitor(tenant), item(mug, 2), item(jug, 3));
        String token = Objects.requireNonNull(guests.guestToken());

        CartView merged = merge(customer, carts, token);
        CartView repeated = merge(customer, carts, token);

        assertThat(merged.id()).isEqualTo(own);
        assertThat(merged.lines()).extracting(CartView.Line::quantity).containsExactlyInAnyOrder(3, 3);
        assertThat(repeated).isEqualTo(merged);
        CartView ended = get(Contexts.guest(tenant, GuestTokens.idOf(token)), guests.id());
        assertThat(ended.status()).isEqualTo("MERGED");
        assertThat(ended.continuedIn()).isEqualTo(own);
    }

    @Test
    @Tag("CRT-01")
    void whoeverHasNotTheTokenOfACartIsToldThatThereIsNone() {
        UUID mug = catalog.sells("2.50");
        String token = Objects.requireNonNull(
                create(Contexts.visitor(tenant), item(mug, 1)).guestToken());
        merge(customer, carts, token);

        for (RequestContext who : List.of(
                Contexts.customer(tenant, Ids.next()),
                Contexts.customer(
                        Contexts.newTenant(),
                        Objects.requireNonNull(customer.principal().id())),
                Contexts.guest(tenant, Ids.next()))) {
            assertThat(refused(who, () -> merge(who, carts, token)).code()).isEqualTo("cart-not-found");
        }
        assertThat(refused(customer, () -> merge(customer, carts, GuestTokens.next()))
                        .code())
                .isEqualTo("cart-not-found");
    }

    @Test
    @Tag("CRT-01")
    @Tag("PLT-13")
    void noTextShowsTheTokenOfAGuest() {
        CartView cart = create(Contexts.visitor(tenant), item(catalog.sells("2.50"), 1));
        String token = Objects.requireNonNull(cart.guestToken());

        assertThat(cart.toString()).doesNotContain(token);
        assertThat(new CartsController.MergeRequest(token).toString()).doesNotContain(token);
    }

    @Test
    @Tag("PLT-13")
    void whatIsPutIntoACartWithAKeyIsPutThereOnce() {
        UUID mug = catalog.sells("2.50");
        CartRequest request = items(item(mug, 2));
        String key = Ids.next().toString();

        CartView first = shown(customer.supply(() -> carts.create(key, request)));
        catalog.forget(mug);
        CartView repeated = shown(customer.supply(() -> carts.create(key, request)));
        catalog.put(mug, "2.50", true);
        shown(customer.supply(() -> carts.add(first.id(), key, item(mug, 3))));
        CartView after = shown(customer.supply(() -> carts.add(first.id(), key, item(mug, 3))));

        assertThat(repeated.itemCount()).isEqualTo(2);
        assertThat(after.itemCount()).isEqualTo(5);
        assertThat(refused(customer, () -> carts.add(first.id(), key, item(mug, 4)))
                        .code())
                .isEqualTo("idempotency-key-reused");
    }

    @Test
    @Tag("PLT-13")
    void noSecretIsKeptWithAKey() {
        CartRequest request = items(item(catalog.sells("2.50"), 1));
        RequestContext visitor = Contexts.visitor(tenant);
        String key = Ids.next().toString();

        CartView first = create(visitor, item(catalog.sells("2.50"), 1));
        String token = Objects.requireNonNull(first.guestToken());
        RequestContext guest = Contexts.guest(tenant, GuestTokens.idOf(token));
        shown(guest.supply(() -> carts.create(key, request)));

        assertThat(store.keptWithKeys(tenant)).hasSize(1).noneMatch(row -> row.contains(token));
    }

    @Test
    @Tag("PLT-13")
    void aVisitorWithAKeyIsToldToChooseAToken() {
        CartRequest request = items(item(catalog.sells("2.50"), 1));

        ProblemException refusal = refused(Contexts.visitor(tenant), () -> carts.create("key", request));

        assertThat(refusal.code()).isEqualTo("guest-token-required");
        assertThat(refusal.errors()).extracting(ProblemError::pointer).containsExactly("Guest-Token:");
        RequestContext guest = Contexts.guest(tenant, GuestTokens.idOf(GuestTokens.next()));
        CartView first = shown(guest.supply(() -> carts.create("key", request)));
        assertThat(shown(guest.supply(() -> carts.create("key", request))).id()).isEqualTo(first.id());
    }
}
