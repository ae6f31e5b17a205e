package org.cartulary.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.cart.CartSnapshot;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.contracts.order.CreateOrderResult;
import org.cartulary.platform.http.ProblemError;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CHK-02")
class PlacingOrderDbTest {

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

    private ProblemException refused(UUID checkout, String token, String key) {
        return catchThrowableOfType(ProblemException.class, () -> shop.complete(checkout, token, key));
    }

    private void assertNothingIsHeld(UUID checkout) {
        assertThat(shop.inventory.available).containsEntry(shop.tea, 10).containsEntry(shop.cup, 10);
        assertThat(shop.orders.statuses.values()).allMatch("CANCELLED"::equals);
        assertThat(shop.payments.statuses.values()).noneMatch(status -> status.equals("AUTHORIZED"));
        CheckoutSession session = shop.session(checkout);
        assertThat(session.status()).isEqualTo(CheckoutStatus.OPEN);
        assertThat(session.orderId()).isNull();
        assertThat(storedToken(checkout)).isNull();
    }

    private void assertPlacedOnce(UUID checkout) {
        CheckoutSession session = shop.session(checkout);
        assertThat(session.status()).isEqualTo(CheckoutStatus.COMPLETED);
        assertThat(session.orderNumber()).isEqualTo("O-" + session.orderId());
        assertThat(shop.orders.statuses).hasSize(1).containsEntry(session.orderId(), "CONFIRMED");
        assertThat(shop.inventory.statuses).containsEntry(session.orderId(), "CONFIRMED");
        assertThat(shop.inventory.available).containsEntry(shop.tea, 8).containsEntry(shop.cup, 9);
        assertThat(shop.payments.charges()).isEqualTo(1);
        assertThat(storedToken(checkout)).isNull();
    }

    private static String storedToken(UUID checkout) {
        return database.admin()
                .sql("SELECT payment_token FROM checkout_sessions WHERE id = :id")
                .param("id", checkout)
                .query((row, number) -> row.getString(1))
                .list()
                .getFirst();
    }

    @Test
    void aCompletionPlacesTheOrderAndConvertsTheCart() {
        UUID checkout = shop.open().id();

        PlacedOrder order = shop.complete(checkout, "tok_ok", "k1");

        assertThat(order.status()).isEqualTo("CONFIRMED");
        assertThat(order.total()).isEqualTo(Shop.eur("33.89"));
        assertPlacedOnce(checkout);
        assertThat(shop.carts.converted).containsExactly(shop.cartId);
        assertThat(shop.checkouts.records().check()).allMatch(result -> result.holds());
    }

    @Test
    @Tag("PLT-13")
    void theSameKeyIsGivenTheSameAnswerAndAnotherBodyIsRefused() {
        UUID checkout = shop.open().id();
        PlacedOrder first = shop.complete(checkout, "tok_ok", "k1");

        assertThat(shop.complete(checkout, "tok_ok", "k1")).isEqualTo(first);
        assertThat(refused(checkout, "tok_other", "k1").code()).isEqualTo("idempotency-key-reused");
        assertPlacedOnce(checkout);
    }

    @Test
    void aNewKeyForACompletedCheckoutNamesTheOrder() {
        UUID checkout = shop.open().id();
        PlacedOrder first = shop.complete(checkout, "tok_ok", "k1");

        ProblemException problem = refused(checkout, "tok_ok", "k2");

        assertThat(problem.code()).isEqualTo("already-completed");
        assertThat(problem.properties()).containsEntry("orderId", first.orderId());
        assertPlacedOnce(checkout);
    }

    @Test
    void withoutAKeyNothingHappens() {
        UUID checkout = shop.open().id();

        assertThatThrownBy(() -> shop.buyer()
                        .supply(() -> shop.checkouts.placing().complete(checkout, Shop.paidWith("tok_ok"), null)))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo("idempotency-key-required"));
        assertNothingIsHeld(checkout);
    }

    @Test
    void outOfStockNamesTheLinesAndLeavesNothing() {
        UUID checkout = shop.open().id();
        shop.inventory.available.put(shop.cup, 0);

        ProblemException problem = refused(checkout, "tok_ok", "k1");

        assertThat(problem.code()).isEqualTo("out-of-stock");
        assertThat(problem.status().value()).isEqualTo(409);
        assertThat(problem.errors()).extracting(ProblemError::pointer).containsExactly("/lines/1");
        assertThat(problem.properties()).containsEntry("available", java.util.Map.of("/lines/1", 0));
        assertThat(shop.payments.charges()).isZero();
        shop.inventory.available.put(shop.cup, 10);
        assertNothingIsHeld(checkout);
        assertThat(shop.session(checkout).lastRefusal()).isEqualTo("out-of-stock");
    }

    @Test
    @Tag("PAY-06")
    void aDeclinedPaymentUndoesEverythingAndAnotherCardMayBeTried() {
        UUID checkout = shop.open().id();

        ProblemException problem = refused(checkout, "tok_declined", "k1");

        assertThat(problem.status().value()).isEqualTo(402);
        assertThat(problem.code()).isEqualTo("payment-declined");
        assertThat(problem.errors()).extracting(ProblemError::code).containsExactly("card_declined");
        assertNothingIsHeld(checkout);
        ProblemException again = refused(checkout, "tok_declined", "k1");
        assertThat(again.code()).isEqualTo("payment-declined");
        assertThat(again.errors()).isEqualTo(problem.errors());

        assertThat(shop.complete(checkout, "tok_ok", "k2").status()).isEqualTo("CONFIRMED");
        assertThat(shop.payments.charges()).isEqualTo(1);
    }

    @Test
    @Tag("PLT-12")
    @Tag("PAY-06")
    void anUnknownOutcomeIsPendingUntilARecoveryFindsOut() {
        UUID checkout = shop.open().id();

        PlacedOrder pending = shop.complete(checkout, "tok_timeout", "k1");

        assertThat(pending.status()).isEqualTo("PENDING");
        assertThat(shop.session(checkout).status()).isEqualTo(CheckoutStatus.COMPLETING);
        assertThat(refused(checkout, "tok_ok", "k2").code()).isEqualTo("checkout-in-progress");
        assertThat(shop.complete(checkout, "tok_timeout", "k1")).isEqualTo(pending);

        shop.recoverOnAnotherNode();

        assertPlacedOnce(checkout);
        assertThat(shop.complete(checkout, "tok_timeout", "k1").orderId()).isEqualTo(pending.orderId());
    }

    @Test
    @Tag("PAY-06")
    void aReservationThatExpiresAfterTheAuthorisationVoidsThePayment() {
        UUID checkout = shop.open().id();
        shop.inventory.expireAtConfirmation = true;
        shop.payments.unknownCancellations = 1;

        assertThat(refused(checkout, "tok_ok", "k1").code()).isEqualTo("reservation-expired");

        assertThat(shop.payments.charges()).isEqualTo(1);
        assertThat(shop.payments.statuses.values()).containsExactly("CANCELLED");
        assertNothingIsHeld(checkout);
    }

    @Test
    void brokenRulesAndReferencesInUseAreRefused() {
        UUID checkout = shop.open().id();
        shop.orders.violations = List.of(new CreateOrderResult.Violation("total-above-maximum", "at most 10"));

        ProblemException problem = refused(checkout, "tok_ok", "k1");

        assertThat(problem.status().value()).isEqualTo(422);
        assertThat(problem.code()).isEqualTo("order-rules-violated");
        assertThat(problem.errors()).extracting(ProblemError::code).containsExactly("total-above-maximum");
        assertNothingIsHeld(checkout);
    }

    @Test
    void aCallThatIsInvalidForEverIsRefusedAndNotRepeated() {
        UUID checkout = shop.open().id();

        assertThat(refused(checkout, "tok_invalid", "k1").code()).isEqualTo("provider-not-available");

        assertNothingIsHeld(checkout);
        assertThat(shop.sagaStatus(checkout)).isEqualTo("compensated");
    }

    @Test
    void aReferenceInUseNamesTheOtherOrder() {
        var staff = Contexts.integration(shop.tenant, "checkout:on-behalf");
        var request = new OpenCheckout(
                null,
                List.of(new OpenCheckoutLine(shop.tea, 1, null)),
                "guest@example.org",
                null,
                Shop.ADDRESS,
                null,
                null,
                "536365",
                null,
                null);
        UUID first = staff.supply(
                        () -> shop.checkouts.opening().open(request, "a").body())
                .id();
        UUID second = staff.supply(
                        () -> shop.checkouts.opening().open(request, "b").body())
                .id();
        PlacedOrder order = staff.supply(() -> shop.checkouts.placing().complete(first, Shop.paidWith("tok_ok"), "a"));

        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> staff.run(() -> shop.checkouts.placing().complete(second, Shop.paidWith("tok_ok"), "b")));

        assertThat(problem.code()).isEqualTo("duplicate-reference");
        assertThat(problem.properties()).containsEntry("orderId", order.orderId());
        assertThat(shop.payments.charges()).isEqualTo(1);
    }

    @ParameterizedTest
    @Tag("PLT-12")
    @Tag("PAY-06")
    @ValueSource(
            strings = {
                "before inventory.reserve", "after inventory.reserve",
                "before order.create", "after order.create",
                "before payment.authorize", "after payment.authorize",
                "before inventory.confirm", "after inventory.confirm",
                "before order.confirm", "after order.confirm"
            })
    void aCrashAtAnyStepIsCompletedByAnotherNodeWithOneCharge(String point) {
        UUID checkout = shop.open().id();
        shop.crash.at(point);

        assertThatThrownBy(() -> shop.complete(checkout, "tok_ok", "k1")).isInstanceOf(Crash.Died.class);
        shop.recoverOnAnotherNode();

        assertPlacedOnce(checkout);
        assertThat(shop.sagaStatus(checkout)).isEqualTo("completed");
        assertThat(shop.complete(checkout, "tok_ok", "k1").status()).isEqualTo("CONFIRMED");
        assertThat(shop.payments.charges()).isEqualTo(1);
    }

    @ParameterizedTest
    @Tag("PLT-12")
    @Tag("PAY-06")
    @ValueSource(
            strings = {
                "before inventory.release", "after inventory.release",
                "before order.cancel", "after order.cancel",
                "before payment.cancel", "after payment.cancel"
            })
    void aCrashWhileUndoingIsUndoneByAnotherNode(String point) {
        UUID checkout = shop.open().id();
        shop.inventory.expireAtConfirmation = true;
        shop.crash.at(point);

        assertThatThrownBy(() -> shop.complete(checkout, "tok_ok", "k1")).isInstanceOf(Crash.Died.class);
        shop.recoverOnAnotherNode();

        assertNothingIsHeld(checkout);
        assertThat(shop.sagaStatus(checkout)).isEqualTo("compensated");
        assertThat(refused(checkout, "tok_ok", "k1").code()).isEqualTo("reservation-expired");
    }

    @Test
    @Tag("PAY-06")
    void ofManyCompletionsAtOnceOneWins() throws InterruptedException {
        UUID checkout = shop.open().id();

        var results = Concurrently.run(8, index -> shop.complete(checkout, "tok_ok", "key-" + index));

        assertThat(results.values()).hasSize(1);
        assertThat(results.failures())
                .hasSize(7)
                .allSatisfy(failure -> assertThat(((ProblemException) failure).code())
                        .isIn("checkout-in-progress", "already-completed"));
        assertPlacedOnce(checkout);
    }

    @Test
    void aCartBecomesOneOrderHoweverManyCheckoutsItHas() throws InterruptedException {
        List<UUID> checkouts = java.util.stream.Stream.generate(
                        () -> shop.open().id())
                .limit(6)
                .toList();

        var results = Concurrently.run(6, index -> shop.complete(checkouts.get(index), "tok_ok", "key-" + index));

        assertThat(results.values()).hasSize(1);
        assertThat(results.failures())
                .hasSize(5)
                .allSatisfy(failure ->
                        assertThat(((ProblemException) failure).code()).isEqualTo("cart-changed"));
    }

    @Test
    void aBuyerCannotSayThatTheOrderIsPaidByHand() {
        UUID checkout = shop.open().id();
        var byHand = new CompleteCheckout(new PaymentChoice("MANUAL", "word of honour"));

        assertThatThrownBy(
                        () -> shop.buyer().supply(() -> shop.checkouts.placing().complete(checkout, byHand, "by-hand")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo("manual-payment-forbidden"));
    }

    @Test
    void moreThanAnIntHoldsOfOneProductIsAskedForAsMuchAsAnIntHolds() {
        var line = new CheckoutLine(
                shop.tea,
                "TEA",
                "tea",
                null,
                999_999,
                java.math.BigDecimal.ZERO,
                true,
                null,
                "standard",
                null,
                List.of(),
                null);

        assertThat(ReserveStockStep.merged(java.util.Collections.nCopies(2_200, line)))
                .containsExactly(new org.cartulary.contracts.inventory.StockLine(shop.tea, Integer.MAX_VALUE));
    }

    @Test
    void changedPricesProductsCartsAndTimesAreFoundBeforeAnythingIsReserved() {
        UUID checkout = shop.open().id();

        shop.put(shop.tea, "TEA", "12.51", true);
        ProblemException dearer = refused(checkout, "tok_ok", "k1");
        assertThat(dearer.code()).isEqualTo("price-changed");
        assertThat(dearer.errors()).extracting(ProblemError::pointer).containsExactly("/lines/0/unitPrice");

        shop.put(shop.tea, "TEA", "12.50", false);
        assertThat(refused(checkout, "tok_ok", "k1").code()).isEqualTo("product-unavailable");

        shop.put(shop.tea, "TEA", "12.50", true);
        CartSnapshot cart = shop.carts.cart;
        shop.carts.cart = new CartSnapshot(cart.id(), cart.customerId(), null, "ACTIVE", 5, cart.lines(), null);
        assertThat(refused(checkout, "tok_ok", "k1").code()).isEqualTo("cart-changed");

        shop.carts.cart = cart;
        shop.letExpire();
        ProblemException expired = refused(checkout, "tok_ok", "k1");
        assertThat(expired.code()).isEqualTo("checkout-expired");
        assertThat(expired.status().value()).isEqualTo(410);
        assertNothingIsHeld(checkout);
        assertThat(shop.inventory.statuses).isEmpty();
    }

    @Test
    void aCartThatWasToldIsNotToldAgain() {
        UUID checkout = shop.open().id();
        shop.complete(checkout, "tok_ok", "k1");

        Contexts.system(shop.tenant).run(shop.checkouts.upkeep()::convertDueCarts);

        assertThat(shop.carts.conversions)
                .filteredOn(told -> told.cartId().equals(shop.cartId))
                .containsExactly(ordered(checkout));
    }

    @Test
    void aCartThatCannotBeToldIsToldLater() {
        UUID checkout = shop.open().id();
        shop.carts.broken = true;
        shop.complete(checkout, "tok_ok", "k1");
        assertThat(shop.carts.converted).isEmpty();
        shop.carts.broken = false;

        Contexts.system(shop.tenant).run(shop.checkouts.upkeep()::convertDueCarts);

        // The job tells the carts of all shops, those of other tests too.
        assertThat(shop.carts.conversions)
                .filteredOn(told -> told.cartId().equals(shop.cartId))
                .containsExactly(ordered(checkout));
    }

    /** The cart is told which of its versions, and which lines, were ordered, so that it keeps what was added since. */
    private ConvertCart ordered(UUID checkout) {
        return new ConvertCart(
                shop.cartId,
                shop.session(checkout).orderId(),
                4,
                Ids.madeAt(checkout),
                List.of(new ConvertCart.OrderedLine(shop.tea, 2), new ConvertCart.OrderedLine(shop.cup, 1)));
    }

    @Test
    void aCartThatChangesWhileItsOrderIsPlacedIsToldWhatWasOrdered() {
        UUID checkout = shop.open().id();

        shop.complete(checkout, "tok_ok", "k1");

        assertThat(shop.carts.conversions).containsExactly(ordered(checkout));
    }

    @Test
    void aRepeatedProductIsReservedOnceAndKeepsItsLines() {
        var staff = Contexts.integration(shop.tenant, "checkout:on-behalf", "checkout:set-prices");
        var request = shop.ofLines(
                new OpenCheckoutLine(shop.tea, 2, Shop.eur("9.00")), new OpenCheckoutLine(shop.tea, 3, null));
        CheckoutView view =
                staff.supply(() -> shop.checkouts.opening().open(request, "o").body());

        PlacedOrder order =
                staff.supply(() -> shop.checkouts.placing().complete(view.id(), Shop.paidWith("tok_ok"), "k"));

        assertThat(shop.inventory.available).containsEntry(shop.tea, 5);
        assertThat(shop.orders.created.get(order.orderId()).lines())
                .extracting(line -> line.total())
                .containsExactly(Shop.eur("18.00"), Shop.eur("37.50"));
    }

    @Test
    void theTokenIsNotPrinted() {
        assertThat(Shop.paidWith("tok_secret").toString()).doesNotContain("tok_secret");
    }

    @Test
    @Tag("PLT-12")
    void aPaymentProviderThatIsAwayForLongDelaysTheOrderOnly() {
        UUID checkout = shop.open().id();
        shop.payments.away = 13;

        assertThat(shop.complete(checkout, "tok_ok", "k1").status()).isEqualTo("PENDING");
        for (int outage = 1; outage <= 2; outage++) {
            shop.recoverOnAnotherNode();
            assertThat(shop.sagaStatus(checkout)).isEqualTo("started");
        }
        shop.recoverOnAnotherNode();

        assertPlacedOnce(checkout);
    }

    @Test
    @Tag("PLT-12")
    void aPaymentProviderThatIsAwayForLongDelaysTheUndoingOnly() {
        UUID checkout = shop.open().id();
        shop.payments.unknownCancellations = 23;
        shop.inventory.expireAtConfirmation = true;
        assertThat(shop.complete(checkout, "tok_ok", "k1").status()).isEqualTo("PENDING");
        UUID order = shop.session(checkout).orderId();

        for (int outage = 1; outage <= 4 && shop.payments.unknownCancellations > 0; outage++) {
            shop.recoverOnAnotherNode();
            assertThat(shop.sagaStatus(checkout)).isNotEqualTo("failed");
        }
        shop.recoverOnAnotherNode();

        assertThat(shop.payments.statuses).containsEntry(order, "CANCELLED");
        assertNothingIsHeld(checkout);
    }
}
