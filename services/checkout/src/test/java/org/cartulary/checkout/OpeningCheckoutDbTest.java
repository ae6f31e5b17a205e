package org.cartulary.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.Address;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemError;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CHK-01")
class OpeningCheckoutDbTest {

    private static TestDatabase database;
    private Shop shop;

    @BeforeAll
    static void create() {
        database = TestDatabase.create("checkout");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @BeforeEach
    void openShop() {
        shop = new Shop(database);
    }

    private ProblemException refused(RequestContext caller, OpenCheckout request) {
        return catchThrowableOfType(
                ProblemException.class,
                () -> caller.run(() -> shop.checkouts.opening().open(request, "key-" + Ids.next())));
    }

    private OpenCheckout lines(@Nullable UUID customerId, @Nullable Instant placedAt, OpenCheckoutLine... lines) {
        return new OpenCheckout(
                null,
                List.of(lines),
                customerId == null ? "guest@example.org" : null,
                customerId,
                Shop.ADDRESS,
                null,
                placedAt,
                null,
                null,
                null);
    }

    @Test
    void aCartBecomesACheckoutWithTotalsAndTheCheapestWayToSend() {
        CheckoutView view = shop.open();

        assertThat(view.status()).isEqualTo("OPEN");
        assertThat(view.email()).isEqualTo("ada@example.org");
        assertThat(view.subtotal()).isEqualTo(Shop.eur("28.99"));
        assertThat(view.shipping()).isEqualTo(Shop.eur("4.90"));
        assertThat(view.total()).isEqualTo(Shop.eur("33.89"));
        assertThat(view.shippingMethodId()).isEqualTo(shop.standard);
        assertThat(view.expiresAt()).isEqualTo(shop.clock.instant().plus(Duration.ofMinutes(60)));
        assertThat(CheckoutView.of(shop.session(view.id()))).isEqualTo(view);
    }

    @Test
    void anotherWayToSendChangesTheTotal() {
        UUID id = shop.open().id();

        CheckoutSession chosen =
                shop.buyer().supply(() -> shop.checkouts.choosing().choose(id, shop.express));

        assertThat(chosen.totals().total()).isEqualTo(Shop.eur("38.89"));
        assertThat(chosen.version()).isEqualTo(2);
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> shop.buyer().run(() -> shop.checkouts.choosing().choose(id, Ids.next())));
        assertThat(problem.code()).isEqualTo("unknown-shipping-method");
    }

    @Test
    @Tag("PLT-13")
    void theSameKeyOpensOneCheckout() {
        CheckoutView first = shop.buyer()
                .supply(() -> shop.checkouts.opening().open(shop.ofCart(), "k").body());
        shop.put(shop.tea, "TEA", "99.00", false);
        CheckoutView second = shop.buyer()
                .supply(() -> shop.checkouts.opening().open(shop.ofCart(), "k").body());

        assertThat(second).isEqualTo(first);
    }

    @Test
    void nobodyElseSeesACheckout() {
        UUID id = shop.open().id();

        for (RequestContext other : List.of(
                Contexts.customer(shop.tenant, Ids.next()),
                Contexts.guest(shop.tenant, Ids.next()),
                Contexts.visitor(shop.tenant),
                Contexts.customer(Contexts.newTenant(), shop.customer),
                Contexts.staff(shop.tenant, "orders:read"))) {
            ProblemException problem = catchThrowableOfType(
                    ProblemException.class,
                    () -> other.run(() -> shop.checkouts.reading().find(id)));
            assertThat(problem.code()).isEqualTo("checkout-not-found");
        }
    }

    @Test
    void anOrderWasNotPlacedInTheFutureNorBeforeAnybodyKeptBooks() {
        RequestContext caller = Contexts.integration(shop.tenant, "checkout:on-behalf", "checkout:set-placing-date");
        OpenCheckoutLine line = new OpenCheckoutLine(shop.tea, 1, null);

        for (Instant early : List.of(Instant.MIN, Instant.parse("-0044-03-15T12:00:00Z"))) {
            assertThat(refused(caller, lines(null, early, line)).errors())
                    .extracting(ProblemError::pointer, ProblemError::code)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("/placedAt", "too-early"));
        }
        assertThat(refused(caller, lines(null, shop.clock.instant().plusSeconds(1), line))
                        .code())
                .isEqualTo("placed-in-future");
    }

    @Test
    void anotherPersonsCartIsNotThere() {
        assertThat(refused(Contexts.customer(shop.tenant, Ids.next()), shop.ofCart())
                        .code())
                .isEqualTo("cart-not-found");
        assertThat(refused(Contexts.visitor(shop.tenant), shop.ofCart()).code()).isEqualTo("cart-not-found");
    }

    @Test
    void whatNeedsAPermissionIsRefusedWithoutIt() {
        OpenCheckoutLine plain = new OpenCheckoutLine(shop.tea, 1, null);
        OpenCheckoutLine priced = new OpenCheckoutLine(shop.tea, 1, Shop.eur("1.00"));
        Instant before = shop.clock.instant().minus(Duration.ofDays(900));

        assertThat(refused(shop.buyer(), lines(null, null, plain)).code()).isEqualTo("on-behalf-forbidden");
        OpenCheckout cart = shop.ofCart();
        OpenCheckout named = new OpenCheckout(
                cart.cartId(), null, null, null, cart.shippingAddress(), null, null, "SHOP-INVOICE-1", null, null);
        assertThat(refused(shop.buyer(), named).code()).isEqualTo("on-behalf-forbidden");
        RequestContext onBehalf = Contexts.integration(shop.tenant, "checkout:on-behalf");
        assertThat(refused(onBehalf, lines(null, null, priced)).code()).isEqualTo("price-override-forbidden");
        assertThat(refused(onBehalf, lines(null, before, plain)).code()).isEqualTo("placing-date-forbidden");
        assertThat(refused(onBehalf, lines(Ids.next(), null, plain)).code()).isEqualTo("unknown-customer");
    }

    @Test
    void anIntegrationMaySetPricesDatesAndTheCustomer() {
        RequestContext replay = Contexts.integration(
                shop.tenant, "checkout:on-behalf", "checkout:set-prices", "checkout:set-placing-date");
        Instant before = Instant.parse("2010-12-01T08:26:00Z");
        OpenCheckout request = lines(shop.customer, before, new OpenCheckoutLine(shop.tea, 3, Shop.eur("0.55")));

        CheckoutView view =
                replay.supply(() -> shop.checkouts.opening().open(request, "k").body());

        assertThat(view.customerId()).isEqualTo(shop.customer);
        assertThat(view.placedAt()).isEqualTo(before);
        assertThat(view.subtotal()).isEqualTo(Shop.eur("1.65"));
    }

    @Test
    @Tag("PRO-01")
    void anOrderOfAnotherTimeGetsNothingOfTodaysPromotionsButThoseOfItsCoupons() {
        RequestContext replay = Contexts.integration(
                shop.tenant, "checkout:on-behalf", "checkout:set-prices", "checkout:set-placing-date");
        shop.promotions.isForEverybody = true;
        OpenCheckout now = lines(shop.customer, null, new OpenCheckoutLine(shop.tea, 3, Shop.eur("9.00")));
        OpenCheckout then = lines(
                shop.customer,
                Instant.parse("2010-12-01T08:26:00Z"),
                new OpenCheckoutLine(shop.tea, 3, Shop.eur("9.00")));
        OpenCheckout withCoupon = new OpenCheckout(
                null,
                then.lines(),
                null,
                shop.customer,
                Shop.ADDRESS,
                null,
                then.placedAt(),
                null,
                null,
                List.of(FakePromotions.CODE));

        assertThat(opened(replay, now).discount()).isEqualTo(Shop.eur("5.00"));
        assertThat(opened(replay, then).discount()).isEqualTo(Shop.eur("0.00"));
        CheckoutView entered = opened(replay, withCoupon);
        assertThat(entered.discount()).isEqualTo(Shop.eur("5.00"));
        assertThat(replay.supply(() -> shop.checkouts.placing().complete(entered.id(), Shop.paidWith("tok_ok"), "k"))
                        .status())
                .isEqualTo("CONFIRMED");
    }

    private CheckoutView opened(RequestContext caller, OpenCheckout request) {
        return caller.supply(() ->
                shop.checkouts.opening().open(request, "key-" + Ids.next()).body());
    }

    @Test
    void whatCannotBeSoldOrSentIsRefused() {
        RequestContext onBehalf = Contexts.integration(shop.tenant, "checkout:on-behalf");
        ProblemException unknown = refused(
                onBehalf,
                lines(null, null, new OpenCheckoutLine(shop.tea, 1, null), new OpenCheckoutLine(Ids.next(), 1, null)));
        assertThat(unknown.code()).isEqualTo("unknown-product");
        assertThat(unknown.errors()).extracting(ProblemError::pointer).containsExactly("/lines/1/productId");

        Address nowhere = new Address(null, null, null, "1 Street", null, "City", null, null, "AQ", null);
        assertThat(refused(
                                shop.buyer(),
                                new OpenCheckout(shop.cartId, null, null, null, nowhere, null, null, null, null, null))
                        .code())
                .isEqualTo("destination-not-served");

        shop.put(shop.cup, "CUP", "3.99", false);
        assertThat(refused(shop.buyer(), shop.ofCart()).code()).isEqualTo("product-unavailable");
        assertThat(refused(
                                shop.buyer(),
                                new OpenCheckout(null, null, null, null, Shop.ADDRESS, null, null, null, null, null))
                        .code())
                .isEqualTo("cart-or-lines");
    }

    @Test
    void onlyWhoOrdersForOthersMayNotKnowTheCountry() {
        for (String country : List.of("ZZ", "EU")) {
            Address unknown = new Address(null, null, null, "1 Street", null, "City", null, null, country, null);

            assertThat(refused(shop.buyer(), sent(unknown, null)).errors())
                    .extracting(ProblemError::pointer)
                    .containsExactly("/shippingAddress/country");
            assertThat(refused(shop.buyer(), sent(Shop.ADDRESS, unknown)).errors())
                    .extracting(ProblemError::pointer)
                    .containsExactly("/billingAddress/country");

            OpenCheckout replayed = new OpenCheckout(
                    null,
                    List.of(new OpenCheckoutLine(shop.tea, 1, null)),
                    "guest@example.org",
                    null,
                    unknown,
                    null,
                    null,
                    null,
                    null,
                    null);
            CheckoutView view = Contexts.integration(shop.tenant, "checkout:on-behalf")
                    .supply(() -> shop.checkouts
                            .opening()
                            .open(replayed, "for-" + country)
                            .body());
            assertThat(view.shippingAddress()).isEqualTo(unknown);
        }
    }

    private OpenCheckout sent(Address shippingAddress, @Nullable Address billingAddress) {
        return new OpenCheckout(shop.cartId, null, null, null, shippingAddress, billingAddress, null, null, null, null);
    }

    @Test
    void tooLargeATotalIsRefused() {
        RequestContext onBehalf = Contexts.integration(shop.tenant, "checkout:on-behalf", "checkout:set-prices");

        assertThat(refused(onBehalf, lines(null, null, new OpenCheckoutLine(shop.tea, 999_999, Shop.eur("999.00"))))
                        .code())
                .isEqualTo("total-too-large");
    }

    @Test
    void whatIsOldExpiresAndIsDeletedAWeekLater() {
        UUID id = shop.open().id();
        shop.letExpire();
        assertThat(shop.checkouts.upkeep().expire()).isPositive();
        assertThat(shop.session(id).status()).isEqualTo(CheckoutStatus.EXPIRED);
        assertThat(catchThrowableOfType(ProblemException.class, () -> shop.complete(id, "tok_ok", "k"))
                        .code())
                .isEqualTo("checkout-expired");

        shop.clock.advance(Duration.ofDays(7));
        shop.checkouts.upkeep().deleteOld();

        ProblemException gone = catchThrowableOfType(ProblemException.class, () -> shop.session(id));
        assertThat(gone.code()).isEqualTo("checkout-not-found");
    }

    @Test
    @Tag("PLT-27")
    void factsArePagedAndBrokenInvariantsAreFound() {
        try (TestDatabase own = TestDatabase.create("checkout")) {
            Shop other = new Shop(own);
            UUID checkout = other.open().id();
            other.complete(checkout, "tok_ok", "k");
            var facts = other.checkouts
                    .records()
                    .facts(new FactsAfter(null, null, 10))
                    .facts();
            assertThat(facts).hasSize(1);
            assertThat(facts.getFirst().sagaStatus()).isEqualTo("completed");
            assertThat(facts.getFirst().total()).isEqualTo(Shop.eur("33.89"));
            assertThat(other.checkouts
                            .records()
                            .facts(new FactsAfter(other.tenant, facts.getFirst().orderId(), 10))
                            .facts())
                    .isEmpty();

            breaks(
                    own,
                    other,
                    "checkout-totals-add-up",
                    "UPDATE checkout_sessions SET lines = jsonb_set(lines, '{0,quantity}', '3')");
            breaks(
                    own,
                    other,
                    "completed-saga-has-completed-checkout",
                    "UPDATE checkout_sessions SET status = 'COMPLETING', completed_at = NULL, order_number = NULL, "
                            + "payment_token = 's1.t', cart_conversion_due = false");
        }
    }

    @Test
    @Tag("PLT-27")
    void aSagaThatFailedIsFound() {
        try (TestDatabase own = TestDatabase.create("checkout")) {
            Shop other = new Shop(own);
            other.complete(other.open().id(), "tok_timeout", "k");
            breaks(own, other, "no-saga-stuck", "UPDATE saga_instances SET status = 'failed'");
            breaks(own, other, "completed-checkout-has-completed-saga", "DELETE FROM saga_instances");
        }
    }

    private static void breaks(TestDatabase database, Shop shop, String invariant, String statement) {
        assertThat(broken(shop)).doesNotContain(invariant);
        assertThat(database.admin().sql(statement).update()).isPositive();
        assertThat(broken(shop)).contains(invariant);
    }

    private static List<String> broken(Shop shop) {
        return shop.checkouts.records().check().stream()
                .filter(result -> !result.holds())
                .map(InvariantResult::name)
                .toList();
    }
}
