package org.cartulary.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.cart.CartSnapshot;
import org.cartulary.contracts.order.Adjustment;
import org.cartulary.contracts.order.CreateOrder;
import org.cartulary.contracts.order.OrderLine;
import org.cartulary.contracts.promotion.PromotionUse;
import org.cartulary.contracts.promotion.QuotePromotions;
import org.cartulary.platform.http.ProblemError;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkouts from which promotions take something off. */
@Tag("PRO-01")
@Tag("CHK-02")
class DiscountedCheckoutDbTest {

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

    private CheckoutView open(String... couponCodes) {
        return shop.buyer()
                .supply(() -> shop.checkouts.opening().open(shop.ofCart(couponCodes), "open-" + Ids.next()))
                .body();
    }

    private String refusalOf(String... couponCodes) {
        return catchThrowableOfType(ProblemException.class, () -> open(couponCodes))
                .code();
    }

    private ProblemException refused(UUID checkout, String token) {
        return catchThrowableOfType(ProblemException.class, () -> shop.complete(checkout, token, "k-" + Ids.next()));
    }

    private void holds() {
        assertThat(shop.checkouts.records().check()).allMatch(result -> result.holds());
    }

    @Test
    void aCouponIsTakenOffTheCheckoutAndTheOrderAndClaimed() {
        CheckoutView view = open(FakePromotions.CODE);

        assertThat(view.discount()).isEqualTo(Shop.eur("5.00"));
        assertThat(view.total()).isEqualTo(Shop.eur("28.89"));
        assertThat(view.adjustments())
                .filteredOn(adjustment -> adjustment.kind() == Adjustment.Kind.DISCOUNT)
                .singleElement()
                .satisfies(adjustment -> {
                    assertThat(adjustment.label()).isEqualTo("Five off");
                    assertThat(adjustment.code()).isEqualTo("FIVE");
                    assertThat(adjustment.amount()).isEqualTo(Shop.eur("-5.00"));
                });

        PlacedOrder order = shop.complete(view.id(), "tok_ok", "k1");

        assertThat(order.total()).isEqualTo(Shop.eur("28.89"));
        CreateOrder created = shop.orders.created.get(order.orderId());
        assertThat(created.discount()).isEqualTo(Shop.eur("5.00"));
        assertThat(created.couponCode()).isEqualTo("FIVE");
        assertThat(created.lines()).extracting(OrderLine::discount).containsExactly(Shop.eur("5.00"), Shop.eur("0.00"));
        assertThat(shop.promotions.claimed.get(order.orderId()).uses())
                .containsExactly(new PromotionUse(shop.promotions.id, "FIVE", Shop.eur("5.00")));
        holds();
    }

    @Test
    void freeShippingTakesOffThePriceOfTheMethodThatIsChosen() {
        shop.promotions.amount = Shop.eur("0.00");
        shop.promotions.freesShipping = true;
        CheckoutView view = open(FakePromotions.CODE);
        assertThat(view.discount()).isEqualTo(view.shipping()).isEqualTo(Shop.eur("4.90"));

        CheckoutSession express =
                shop.buyer().supply(() -> shop.checkouts.choosing().choose(view.id(), shop.express));

        assertThat(express.totals().discount()).isEqualTo(express.totals().shipping());
        assertThat(express.totals().shipping()).isNotEqualTo(Shop.eur("4.90"));
        assertThat(express.totals().total()).isEqualTo(view.subtotal());
        PlacedOrder order = shop.complete(view.id(), "tok_ok", "k1");
        assertThat(order.total()).isEqualTo(view.subtotal());
        assertThat(shop.promotions.claimed.get(order.orderId()).uses())
                .containsExactly(new PromotionUse(
                        shop.promotions.id, "FIVE", express.totals().shipping()));
        holds();
    }

    @Test
    void theCouponOfTheCartIsUsedUnlessOthersAreNamed() {
        CartSnapshot cart = java.util.Objects.requireNonNull(shop.carts.cart);
        shop.carts.cart = new CartSnapshot(
                cart.id(), cart.customerId(), null, "ACTIVE", cart.version(), cart.lines(), FakePromotions.CODE);

        assertThat(shop.open().discount()).isEqualTo(Shop.eur("5.00"));
        assertThat(open().discount()).isEqualTo(Shop.eur("0.00"));
    }

    @Test
    void aCouponThatTakesNothingOffIsRefusedAtOnceWithItsReason() {
        assertThat(refusalOf("OTHER")).isEqualTo("coupon-unknown");
        for (String reason : List.of(
                "coupon-not-started",
                "coupon-expired",
                "coupon-used-up",
                "coupon-customer-limit-reached",
                "coupon-minimum-not-reached",
                "coupon-needs-account",
                "coupon-not-combinable",
                "coupon-not-applicable")) {
            shop.promotions.obstacle = reason;
            assertThat(refusalOf(FakePromotions.CODE)).isEqualTo(reason);
        }
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> open("OTHER", FakePromotions.CODE));
        assertThat(problem.errors())
                .extracting(ProblemError::pointer)
                .containsExactly("/couponCodes/0", "/couponCodes/1");
    }

    @Test
    void whatPromotionsAreAskedNamesTheCategoriesOfTheGoods() {
        open(FakePromotions.CODE);

        assertThat(shop.promotions.asked.getFirst().lines())
                .allSatisfy(line -> assertThat(line.categoryIds()).containsExactly(Shop.CATEGORY))
                .extracting(line -> line.productIds().getFirst())
                .containsExactly(shop.tea, shop.cup);
    }

    @Test
    void whetherTheCustomerHasOrderedBeforeIsAskedOnlyIfItMatters() {
        shop.promotions.isForFirstOrders = true;
        CheckoutView first = open(FakePromotions.CODE);
        assertThat(shop.promotions.asked)
                .extracting(QuotePromotions::firstOrder)
                .containsExactly(null, true);

        shop.complete(first.id(), "tok_ok", "k1");

        assertThat(refusalOf(FakePromotions.CODE)).isEqualTo("coupon-first-order-only");
    }

    @Test
    void anOrderWithoutPromotionsClaimsNothingAndLeavesNoNoteOfIt() {
        CheckoutView view = open();

        PlacedOrder order = shop.complete(view.id(), "tok_ok", "k1");

        assertThat(shop.promotions.asked).hasSize(1);
        assertThat(shop.promotions.claimed).isEmpty();
        assertThat(steps(order.orderId()))
                .containsExactly(
                        "reserve-stock", "create-order", "authorize-payment", "confirm-reservation", "confirm-order");
    }

    private static List<String> steps(UUID order) {
        return database.admin()
                .sql("SELECT step_type FROM saga_steps WHERE saga_id = ? ORDER BY step_number")
                .param(order)
                .query(String.class)
                .list();
    }

    @Test
    void aPromotionThatTakesNothingOffInTheEndIsNotClaimed() {
        shop.promotions.amount = Shop.eur("0.00");

        PlacedOrder order = shop.complete(open(FakePromotions.CODE).id(), "tok_ok", "k1");

        assertThat(order.status()).isEqualTo("CONFIRMED");
        assertThat(shop.promotions.claimed).isEmpty();
    }

    @Test
    void whatHasChangedSinceTheCheckoutWasOpenedIsToldBeforeAnythingHappens() {
        CheckoutView view = open(FakePromotions.CODE);
        shop.promotions.amount = Shop.eur("4.00");
        assertThat(refused(view.id(), "tok_ok").code()).isEqualTo("discount-changed");

        shop.promotions.obstacle = "coupon-expired";
        assertThat(refused(view.id(), "tok_ok").code()).isEqualTo("coupon-expired");

        assertThat(shop.promotions.claimed).isEmpty();
        assertThat(shop.inventory.statuses).isEmpty();
    }

    @Test
    void whoComesTooLateForTheLastUseIsToldSoAndHoldsNothing() {
        shop.promotions.limit = 0;
        CheckoutView view = open(FakePromotions.CODE);

        ProblemException problem = refused(view.id(), "tok_ok");

        assertThat(problem.code()).isEqualTo("coupon-used-up");
        assertThat(problem.errors()).extracting(ProblemError::pointer).containsExactly("/couponCodes/0");
        assertThat(shop.inventory.available).containsEntry(shop.tea, 10);
        assertThat(shop.orders.created).isEmpty();
        assertThat(shop.session(view.id()).lastRefusal()).isEqualTo("coupon-used-up");
    }

    @Test
    void aDeclinedPaymentGivesTheUsesBack() {
        CheckoutView view = open(FakePromotions.CODE);

        assertThat(refused(view.id(), "tok_declined").code()).isEqualTo("payment-declined");

        assertThat(shop.promotions.claimed).isEmpty();
        assertThat(shop.promotions.released).hasSize(1);
        shop.complete(view.id(), "tok_ok", "k2");
        assertThat(shop.promotions.claimed).hasSize(1);
        holds();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "before promotion.claim",
                "after promotion.claim",
                "before order.create",
                "after order.create",
                "before order.confirm"
            })
    @Tag("PLT-12")
    void aCrashAtAnyStepIsCompletedByAnotherNodeWithOneUse(String point) {
        CheckoutView view = open(FakePromotions.CODE);
        shop.crash.at(point);

        assertThatThrownBy(() -> shop.complete(view.id(), "tok_ok", "k1")).isInstanceOf(Crash.Died.class);
        shop.recoverOnAnotherNode();

        assertThat(shop.session(view.id()).status()).isEqualTo(CheckoutStatus.COMPLETED);
        assertThat(shop.promotions.claimed).hasSize(1);
        assertThat(shop.promotions.released).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before promotion.release", "after promotion.release", "before inventory.release"})
    @Tag("PLT-12")
    void aCrashWhileUndoingIsUndoneByAnotherNode(String point) {
        CheckoutView view = open(FakePromotions.CODE);
        shop.crash.at(point);

        assertThatThrownBy(() -> shop.complete(view.id(), "tok_declined", "k1")).isInstanceOf(Crash.Died.class);
        shop.recoverOnAnotherNode();

        assertThat(shop.session(view.id()).status()).isEqualTo(CheckoutStatus.OPEN);
        assertThat(shop.promotions.claimed).isEmpty();
    }

    @Test
    @Tag("PLT-12")
    void anOrderThatWasBeingPlacedBeforePromotionsWereIsUndoneByItsOwnSteps() {
        CheckoutView view = open();
        shop.inventory.expireAtConfirmation = true;
        shop.crash.at("before payment.cancel");
        assertThatThrownBy(() -> shop.complete(view.id(), "tok_ok", "k1")).isInstanceOf(Crash.Died.class);
        assertThat(database.admin().sql("""
                                UPDATE saga_instances
                                SET saga_type = 'place-order', step_count = 5, current_step = current_step - 1,
                                    compensation_data = jsonb_set(compensation_data, '{step}', '3')
                                WHERE saga_type = 'place-order.v2' AND status = 'compensating'
                                  AND saga_data ->> 'checkoutId' = :id
                                """).param("id", view.id().toString()).update())
                .isEqualTo(1);

        shop.recoverOnAnotherNode();

        assertThat(shop.sagaStatus(view.id())).isEqualTo("compensated");
        assertThat(shop.inventory.available).containsEntry(shop.tea, 10);
        assertThat(shop.payments.statuses.values()).containsExactly("CANCELLED");
        holds();
    }

    @Test
    void aDiscountThatDoesNotAddUpIsSeen() {
        CheckoutView view = open(FakePromotions.CODE);

        database.admin()
                .sql("UPDATE checkout_sessions SET discount_amount = 6, total_amount = total_amount - 1 WHERE id = ?")
                .param(view.id())
                .update();

        assertThat(shop.checkouts.records().check())
                .filteredOn(result -> !result.holds())
                .extracting(result -> result.name())
                .containsExactly("checkout-totals-are-explained");
        database.admin()
                .sql("DELETE FROM checkout_sessions WHERE id = ?")
                .param(view.id())
                .update();
    }
}
