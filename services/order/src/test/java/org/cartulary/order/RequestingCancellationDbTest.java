package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.ConfirmOrderResult;
import org.cartulary.contracts.payment.PaymentCaptured;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@Tag("ORD-06")
class RequestingCancellationDbTest {

    private UndoingFixture shop;

    @BeforeEach
    void open() {
        shop = new UndoingFixture();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private ProblemException refused(UUID orderId, String key) {
        return catchThrowableOfType(ProblemException.class, () -> shop.cancel(orderId, key));
    }

    /** The order is cancelled, its history says so once, and neither money nor stock is kept. */
    private void assertUndone(UUID orderId, String paymentStatus) {
        assertThat(shop.orders.status(orderId)).isEqualTo("CANCELLED");
        assertThat(shop.charged(orderId)).isEqualTo(OrderFixture.gbp("0.00"));
        assertThat(shop.inventory.units(orderId)).isZero();
        assertThat(shop.inventory.released).contains(orderId);
        assertThat(shop.promotions.released).contains(orderId);
        assertThat(shop.paymentStatus(orderId)).isEqualTo(paymentStatus);
        assertThat(shop.orders.events(orderId))
                .filteredOn(event -> event.startsWith("order.cancelled"))
                .hasSize(1);
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    void anOrderThatIsNotCapturedIsCancelledWithItsPaymentAndStock() {
        UUID id = shop.confirmed();

        CancelledOrder answer = shop.cancel(id, "k");

        assertThat(answer).isEqualTo(new CancelledOrder(id, "CANCELLED", "CANCELLED"));
        shop.deliver();
        assertUndone(id, "CANCELLED");
        assertThat(shop.orders.history(id)).containsExactly("CREATED", "PAID", "CONFIRMED", "CANCELLED");
    }

    @Test
    @Tag("PRO-01")
    void ofAnOrderWithoutDiscountNoPromotionIsGivenBack() {
        UUID id = shop.confirmed();
        shop.orders
                .testDatabase
                .admin()
                .sql(
                        "UPDATE orders SET total_amount = total_amount + discount_amount, discount_amount = 0 WHERE id = ?")
                .param(id)
                .update();

        shop.cancel(id, "k");

        assertThat(shop.orders.status(id)).isEqualTo("CANCELLED");
        assertThat(shop.inventory.released).contains(id);
        assertThat(shop.promotions.released).doesNotContain(id);
        assertThat(shop.orders
                        .testDatabase
                        .admin()
                        .sql(
                                "SELECT count(*) FROM saga_steps WHERE step_type = 'release-promotions'"
                                        + " AND saga_id IN (SELECT saga_id FROM saga_instances WHERE saga_data ->> 'orderId' = ?)")
                        .param(id.toString())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aCapturedOrderIsGivenBackAndItsRefundIsRecorded() {
        UUID id = shop.captured();

        assertThat(shop.cancel(id, "k").payment()).isEqualTo("REFUNDED");

        shop.deliver();
        assertUndone(id, "REFUNDED");
        assertThat(shop.refunds(id)).containsExactly("COMPLETED 54.50");
        assertThat(shop.refunded(id)).isEqualTo("54.50");
        assertThat(shop.orders.events(id))
                .containsExactly(
                        "order.placed.v1 1", "order.confirmed.v1 3", "order.cancelled.v1 5", "order.refunded.v1 7");
    }

    @Test
    @Tag("PLT-13")
    void theSameKeyIsGivenTheSameAnswerAndAnotherKeyIsToldThatItIsDone() {
        UUID id = shop.confirmed();
        CancelledOrder first = shop.cancel(id, "k");

        assertThat(shop.cancel(id, "k")).isEqualTo(first);
        ProblemException again = refused(id, "other");
        assertThat(again.code()).isEqualTo("order-already-cancelled");
        assertThat(again.status().value()).isEqualTo(409);
        assertThat(again.properties()).containsEntry("orderStatus", "CANCELLED");
        assertThatThrownBy(() -> shop.buyer()
                        .supply(() -> shop.undoing.requesting().ofBuyer(id, CancelOrderRequest.WITHOUT_REASON, null)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo("idempotency-key-required"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHIPPED", "DELIVERED"})
    void whatWasSentStaysAsItIs(String status) {
        UUID id = status.equals("DELIVERED") ? shop.delivered() : shop.captured();
        if (status.equals("SHIPPED")) {
            shop.go(id, "SHIPPED");
        }

        ProblemException problem = refused(id, "k");

        assertThat(problem.code()).isEqualTo("order-not-cancellable");
        assertThat(problem.properties()).containsEntry("orderStatus", status);
        assertThat(shop.charged(id)).isEqualTo(UndoingFixture.TOTAL);
        assertThat(shop.inventory.units(id)).isEqualTo(5);
    }

    @Test
    @Tag("ORD-02")
    void theTableOfTransitionsAndTheFunctionAgree() {
        assertThat(shop.orders
                        .testDatabase
                        .admin()
                        .sql("SELECT from_state FROM order_state_transitions WHERE to_state = 'CANCELLED' ORDER BY 1")
                        .query(String.class)
                        .list())
                .containsExactly("CONFIRMED", "CREATED", "PAID", "PROCESSING");
        UUID paid = shop.placed();
        shop.orders
                .testDatabase
                .admin()
                .sql("UPDATE orders SET status = 'PAID', payment_id = id, paid_at = now(), version = 2 WHERE id = :id")
                .param("id", paid)
                .update();
        UUID packed = shop.captured();
        shop.go(packed, "PROCESSING");
        for (UUID id : List.of(shop.placed(), paid, shop.confirmed(), packed)) {
            shop.cancel(id, "k");
            shop.deliver();
            assertThat(shop.orders.status(id)).isEqualTo("CANCELLED");
        }
    }

    @Test
    void onlyTheBuyerAndTheShopMayCancel() {
        UUID id = shop.confirmed();
        for (var stranger : List.of(
                Contexts.customer(shop.orders.tenant, Ids.next()),
                Contexts.guest(shop.orders.tenant, Ids.next()),
                Contexts.visitor(shop.orders.tenant),
                Contexts.customer(Contexts.newTenant(), shop.customer))) {
            assertThatThrownBy(() -> stranger.supply(
                            () -> shop.undoing.requesting().ofBuyer(id, CancelOrderRequest.WITHOUT_REASON, "k")))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.code()).isEqualTo("order-not-found"));
        }
        assertThat(shop.orders.status(id)).isEqualTo("CONFIRMED");

        shop.shop().run(() -> shop.undoing.requesting().ofShop(id, new CancelOrderByShop("out of tea"), "k"));
        shop.deliver();
        assertUndone(id, "CANCELLED");
    }

    @Test
    void anOrderThatDoesNotExistMayStillComeIntoBeing() {
        UUID unknown = Ids.next();

        assertThatThrownBy(() -> shop.shop()
                        .run(() -> shop.undoing.requesting().ofShop(unknown, new CancelOrderByShop("no"), "k")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo("order-not-found"));

        assertThat(shop.orders.count("order_tombstones")).isZero();
        assertThat(shop.orders.count("saga_instances")).isZero();
    }

    @Test
    @Tag("PLT-12")
    void anUnknownOutcomeIsPendingUntilARecoveryFindsOut() {
        UUID id = shop.captured();
        shop.payments.unknownAnswers = 2;

        assertThat(shop.cancel(id, "k")).isEqualTo(new CancelledOrder(id, "PENDING", null));
        assertThat(shop.orders.status(id)).isEqualTo("CANCELLED");
        assertThat(shop.cancel(id, "k")).isEqualTo(new CancelledOrder(id, "PENDING", null));
        assertThat(shop.orders.brokenInvariants()).isEmpty();

        shop.recoverOnAnotherNode();

        assertUndone(id, "REFUNDED");
        assertThat(shop.cancel(id, "k")).isEqualTo(new CancelledOrder(id, "CANCELLED", "REFUNDED"));
    }

    @ParameterizedTest
    @Tag("PLT-12")
    @ValueSource(
            strings = {
                "before payment.cancel",
                "after payment.cancel",
                "before inventory.release",
                "after inventory.release",
                "before promotion.release",
                "after promotion.release"
            })
    void whateverFailsTheOrderIsFullyUndone(String point) {
        UUID killed = shop.captured();
        shop.crash.at(point);
        assertThatThrownBy(() -> shop.cancel(killed, "k")).isInstanceOf(Crash.Died.class);
        UUID faulty = shop.captured();
        shop.crash.failAt(point);
        assertThat(shop.cancel(faulty, "k").status()).isEqualTo("PENDING");

        shop.recoverOnAnotherNode();

        assertUndone(killed, "REFUNDED");
        assertUndone(faulty, "REFUNDED");
        assertThat(shop.cancel(killed, "k").status()).isEqualTo("CANCELLED");
        assertThat(shop.refunds(killed)).containsExactly("COMPLETED 54.50");
    }

    @Test
    void ofManyCancellationsAtOnceOneWins() throws InterruptedException {
        UUID id = shop.captured();

        var results = Concurrently.run(6, index -> shop.cancel(id, "key-" + index));

        assertThat(results.values()).hasSize(1);
        assertThat(results.failures())
                .hasSize(5)
                .allSatisfy(failure ->
                        assertThat(((ProblemException) failure).code()).isEqualTo("order-already-cancelled"));
        shop.deliver();
        assertUndone(id, "REFUNDED");
        assertThat(shop.refunds(id)).containsExactly("COMPLETED 54.50");
    }

    @Test
    @Tag("CHK-02")
    void aCancellationAndAConfirmationAtOnceEndInACancelledOrderWithoutCharge() throws InterruptedException {
        for (int round = 0; round < 12; round++) {
            UUID id = shop.placed();
            UUID payment = Ids.next();
            shop.payments.authorized(id, payment, UndoingFixture.TOTAL);
            List<Object> results = Concurrently.<Object>run(
                            2,
                            index -> index == 0
                                    ? shop.cancel(id, "k")
                                    : shop.orders.asSystem(
                                            () -> shop.orders.orders.confirm(new ConfirmOrder(id, payment, "CARD"))))
                    .valuesOrThrow();
            if (results.contains(new ConfirmOrderResult.Confirmed())) {
                // The event of the confirmation comes to the payment service, which is told that it is too late.
                shop.payments.capture(id);
            } else {
                assertThat(results).contains(new ConfirmOrderResult.NotConfirmable("CANCELLED"));
            }
            shop.deliver();
            assertUndone(id, "CANCELLED");
        }
    }

    @Test
    void aCaptureBeforeTheCancellationIsGivenBackEvenIfItsEventComesAfterIt() {
        UUID id = shop.confirmed();
        shop.payments.capture(id);

        assertThat(shop.cancel(id, "k").payment()).isEqualTo("REFUNDED");
        assertThat(shop.paymentStatus(id)).isEqualTo("REFUNDED");
        shop.deliver();

        assertUndone(id, "REFUNDED");
        assertThat(shop.refunded(id)).isEqualTo("54.50");
    }

    @Test
    void moneyThatIsTakenAfterTheCancellationGoesBack() {
        UUID id = shop.confirmed();
        shop.cancel(id, "k");
        FakePayments.Account account = shop.payments.accounts.get(id);
        shop.deliver();
        assertUndone(id, "CANCELLED");

        // A provider with bad habits takes the money though it was told not to.
        account.status = "CAPTURED";
        account.captured = UndoingFixture.TOTAL;
        shop.deliverTwice(new PaymentCaptured(account.paymentId, id, UndoingFixture.TOTAL));
        assertThat(shop.paymentStatus(id)).isEqualTo("CAPTURED");
        assertThat(shop.orders.count("saga_instances")).isEqualTo(2);
        assertThat(shop.orders.brokenInvariants()).isEmpty();

        shop.recoverOnAnotherNode();
        assertUndone(id, "REFUNDED");
    }

    @Test
    void aCancelledOrderWhoseCustomerStaysChargedIsSeen() {
        UUID id = shop.captured();
        shop.orders
                .testDatabase
                .admin()
                .sql(
                        "UPDATE orders SET status = 'CANCELLED', cancelled_at = now(), version = version + 1 WHERE id = :id")
                .param("id", id)
                .update();

        assertThat(shop.orders.brokenInvariants()).containsExactly("cancelled-order-is-undone");
    }

    @Test
    void anOperatorCannotTurnACancellationBack() {
        var state = new OrderCancellation(Ids.next(), "unpaid", false, null);
        var end =
                new CancelOrderEnd(shop.undoing.payments(), new Idempotency(shop.orders.database, JsonMapper.shared()));

        assertThatThrownBy(() -> shop.orders.asSystem(() -> shop.orders.database.inTransaction(tx -> {
                    end.apply(
                            tx,
                            Ids.next(),
                            state,
                            org.cartulary.platform.saga.SagaEndStatus.COMPENSATED,
                            "operator",
                            "by hand");
                    return true;
                })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only goes forward");
    }
}
