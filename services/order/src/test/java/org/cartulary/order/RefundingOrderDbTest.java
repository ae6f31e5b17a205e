package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.contracts.payment.PaymentCaptured;
import org.cartulary.contracts.payment.PaymentRefunded;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.testing.Concurrently;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("ORD-06")
class RefundingOrderDbTest {

    private UndoingFixture shop;

    @BeforeEach
    void open() {
        shop = new UndoingFixture();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private ProblemException refused(UUID orderId, String amount, String key) {
        return catchThrowableOfType(ProblemException.class, () -> shop.refund(orderId, amount, key));
    }

    private RefundAnswer.RefundedOrder refundWith(UUID orderId, String key, RefundOrder.RestockLine... restock) {
        var request = new RefundOrder(OrderFixture.gbp("10.00"), "sent back", List.of(restock));
        return shop.shop().supply(() -> shop.undoing.refunding().refund(orderId, request, key));
    }

    @Test
    void partsOfTheMoneyGoBackUntilNothingIsLeft() {
        UUID id = shop.captured();

        RefundAnswer.RefundedOrder first = shop.refund(id, "20.00", "a");
        assertThat(first.status()).isEqualTo("COMPLETED");
        assertThat(first.payment()).isEqualTo("PARTIALLY_REFUNDED");
        assertThat(shop.refunded(id)).isEqualTo("20.00");
        RefundAnswer.RefundedOrder second = shop.refund(id, null, "b");

        assertThat(second.amount()).isEqualTo(OrderFixture.gbp("34.50"));
        assertThat(second.payment()).isEqualTo("REFUNDED");
        shop.deliver();
        assertThat(shop.charged(id)).isEqualTo(OrderFixture.gbp("0.00"));
        assertThat(shop.refunded(id)).isEqualTo("54.50");
        assertThat(shop.paymentStatus(id)).isEqualTo("REFUNDED");
        assertThat(shop.orders.status(id)).isEqualTo("REFUNDED");
        ProblemException more = refused(id, "0.01", "c");
        assertThat(more.code()).isEqualTo("refund-exceeds-capture");
        assertThat(more.properties()).containsEntry("left", OrderFixture.gbp("0.00"));
        assertThat(refused(id, null, "d").code()).isEqualTo("refund-exceeds-capture");
        assertThat(shop.orders.events(id))
                .containsExactly(
                        "order.placed.v1 1", "order.confirmed.v1 3", "order.refunded.v1 5", "order.refunded.v1 6");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-02")
    void aDeliveredOrderThatIsGivenBackInFullIsRefunded() {
        UUID id = shop.delivered();
        shop.refund(id, "54.49", "a");
        assertThat(shop.orders.status(id)).isEqualTo("DELIVERED");

        shop.refund(id, null, "b");

        assertThat(shop.orders.status(id)).isEqualTo("REFUNDED");
        assertThat(shop.orders.history(id)).endsWith("DELIVERED", "REFUNDED");
        assertThat(refused(id, "0.01", "c").code()).isEqualTo("refund-exceeds-capture");
        shop.deliver();
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @ParameterizedTest
    @Tag("ORD-02")
    @ValueSource(strings = {"CONFIRMED", "PROCESSING", "SHIPPED"})
    void anOrderThatIsGivenBackInFullBeforeItArrivesIsRefundedAndGoesNoFurther(String status) {
        UUID id = shop.captured();
        var admin = shop.orders.testDatabase.admin();
        if (!status.equals("CONFIRMED")) {
            move(admin, id, status);
        }

        shop.refund(id, null, "a");

        assertThat(shop.orders.status(id)).isEqualTo("REFUNDED");
        assertThat(shop.orders.history(id)).endsWith(status, "REFUNDED");
        for (String further : List.of("PROCESSING", "SHIPPED", "DELIVERED")) {
            assertThatThrownBy(() -> move(admin, id, further))
                    .hasMessageContaining("cannot go from REFUNDED to " + further);
        }
        assertThat(catchThrowableOfType(ProblemException.class, () -> shop.cancel(id, "c"))
                        .code())
                .isEqualTo("order-not-cancellable");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    private static void move(JdbcClient admin, UUID id, String status) {
        admin.sql("UPDATE orders SET status = :status, version = version + 1 WHERE id = :id")
                .param("status", status)
                .param("id", id)
                .update();
    }

    @Test
    @Tag("PLT-13")
    void theSameKeyIsGivenTheSameAnswer() {
        UUID id = shop.captured();
        RefundAnswer.RefundedOrder first = shop.refund(id, "20.00", "k");

        assertThat(shop.refund(id, "20.00", "k")).isEqualTo(first);
        assertThat(refused(id, "21.00", "k").code()).isEqualTo("idempotency-key-reused");
        assertThat(shop.charged(id)).isEqualTo(OrderFixture.gbp("34.50"));
    }

    @Test
    void whatMakesNoSenseIsRefusedBeforeAnythingHappens() {
        UUID id = shop.captured();
        var negative = new RefundOrder(OrderFixture.gbp("-1.00"), "x", null);
        var foreign = new RefundOrder(Money.parse("1.00", "EUR"), "x", null);
        var twice = new RefundOrder(
                null, "x", List.of(new RefundOrder.RestockLine(shop.tea, 1), new RefundOrder.RestockLine(shop.tea, 1)));
        var tooMany = new RefundOrder(null, "x", List.of(new RefundOrder.RestockLine(shop.tea, 3)));
        var unsold = new RefundOrder(null, "x", List.of(new RefundOrder.RestockLine(Ids.next(), 1)));

        assertThat(codeOf(id, negative)).isEqualTo("invalid-request");
        assertThat(codeOf(id, foreign)).isEqualTo("currency-mismatch");
        assertThat(codeOf(id, twice)).isEqualTo("invalid-request");
        assertThat(codeOf(id, tooMany)).isEqualTo("restock-exceeds-order");
        assertThat(codeOf(id, unsold)).isEqualTo("restock-exceeds-order");
        assertThat(codeOf(Ids.next(), new RefundOrder(null, "x", null))).isEqualTo("order-not-found");
        assertThat(codeOf(shop.placed(), new RefundOrder(null, "x", null))).isEqualTo("order-not-refundable");
        assertThat(shop.orders.count("order_refunds")).isZero();
        assertThat(shop.charged(id)).isEqualTo(UndoingFixture.TOTAL);
    }

    private String codeOf(UUID orderId, RefundOrder request) {
        return catchThrowableOfType(
                        ProblemException.class,
                        () -> shop.shop().supply(() -> shop.undoing.refunding().refund(orderId, request, "k")))
                .code();
    }

    @Test
    void aRefusalOfThePaymentFreesTheClaimAndIsAnsweredAgain() {
        UUID id = shop.captured();
        shop.payments.refusal = "card-closed";

        ProblemException problem = refused(id, null, "k");

        assertThat(problem.code()).isEqualTo("refund-refused");
        assertThat(problem.status().value()).isEqualTo(409);
        assertThat(problem.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.code()).isEqualTo("card-closed"));
        assertThat(refused(id, null, "k").code()).isEqualTo("refund-refused");
        assertThat(shop.refunds(id)).containsExactly("REFUSED 54.50");
        assertThat(shop.orders.brokenInvariants()).isEmpty();

        shop.payments.refusal = null;
        assertThat(shop.refund(id, null, "other").status()).isEqualTo("COMPLETED");
    }

    @Test
    void nothingIsGivenBackBeforeItWasTaken() {
        UUID id = shop.confirmed();

        assertThat(refused(id, "1.00", "k").errors())
                .singleElement()
                .satisfies(error -> assertThat(error.code()).isEqualTo("nothing-captured"));
    }

    @Test
    void whatComesBackIsForSaleAgainAndNeverMoreThanWasSold() {
        UUID id = shop.delivered();

        assertThat(refundWith(id, "a", new RefundOrder.RestockLine(shop.cup, 2)).restock())
                .isEqualTo("RESTOCKED");

        assertThat(shop.inventory.units(id)).isEqualTo(3);
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> refundWith(id, "b", new RefundOrder.RestockLine(shop.cup, 2)));
        assertThat(problem.code()).isEqualTo("restock-exceeds-order");
        assertThat(problem.properties()).containsEntry("left", 1L);
        assertThat(shop.charged(id)).isEqualTo(OrderFixture.gbp("44.50"));
        assertThat(refundWith(id, "c", new RefundOrder.RestockLine(shop.cup, 1)).restock())
                .isEqualTo("RESTOCKED");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    void goodsThatBecameAvailableOnAnotherWayAreNotedAndTheMoneyIsBack() {
        UUID id = shop.delivered();
        shop.inventory.sold.remove(id);

        RefundAnswer.RefundedOrder answer = refundWith(id, "a", new RefundOrder.RestockLine(shop.cup, 2));

        assertThat(answer.status()).isEqualTo("COMPLETED");
        assertThat(answer.restock()).isEqualTo("REFUSED");
        assertThat(shop.charged(id)).isEqualTo(OrderFixture.gbp("44.50"));
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @ParameterizedTest
    @Tag("PLT-12")
    @ValueSource(
            strings = {
                "before payment.refund",
                "after payment.refund",
                "before inventory.restock",
                "after inventory.restock"
            })
    void whateverFailsTheRefundIsCompletedOnce(String point) {
        UUID killed = shop.delivered();
        UUID faulty = shop.delivered();
        var line = new RefundOrder.RestockLine(shop.cup, 2);
        shop.crash.at(point);
        assertThatThrownBy(() -> refundWith(killed, "k", line)).isInstanceOf(Crash.Died.class);
        shop.crash.failAt(point);
        assertThat(refundWith(faulty, "k", line).status()).isEqualTo("PENDING");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
        // The event may be faster than the saga.
        shop.deliver();

        shop.recoverOnAnotherNode();

        for (UUID id : List.of(killed, faulty)) {
            assertThat(shop.charged(id)).isEqualTo(OrderFixture.gbp("44.50"));
            assertThat(shop.inventory.units(id)).isEqualTo(3);
            assertThat(shop.refunds(id)).containsExactly("COMPLETED 10.00");
            assertThat(shop.refunded(id)).isEqualTo("10.00");
            assertThat(shop.orders.events(id))
                    .filteredOn(event -> event.startsWith("order.refunded"))
                    .hasSize(1);
            RefundAnswer.RefundedOrder answer = refundWith(id, "k", line);
            assertThat(answer.status()).isEqualTo("COMPLETED");
            assertThat(answer.restock()).isEqualTo("RESTOCKED");
        }
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    void anUnknownOutcomeIsPendingAndKeepsItsClaim() {
        UUID id = shop.captured();
        shop.payments.unknownAnswers = 1;

        var pending = shop.refund(id, "50.00", "k");
        assertThat(pending.status()).isEqualTo("PENDING");
        assertThat(shop.refund(id, "50.00", "k")).isEqualTo(pending);
        assertThat(refused(id, "50.00", "other").code()).isEqualTo("refund-exceeds-capture");

        shop.recoverOnAnotherNode();
        assertThat(shop.refund(id, "50.00", "k").status()).isEqualTo("COMPLETED");
        assertThat(shop.charged(id)).isEqualTo(OrderFixture.gbp("4.50"));
    }

    @Test
    void ofManyRefundsOfTheWholeAmountAtOnceOneIsGiven() throws InterruptedException {
        UUID id = shop.captured();

        var results = Concurrently.run(6, index -> shop.refund(id, "54.50", "key-" + index));

        assertThat(results.values()).hasSize(1);
        assertThat(results.failures())
                .hasSize(5)
                .allSatisfy(failure ->
                        assertThat(((ProblemException) failure).code()).isEqualTo("refund-exceeds-capture"));
        shop.deliver();
        assertThat(shop.charged(id)).isEqualTo(OrderFixture.gbp("0.00"));
        assertThat(shop.refunds(id)).containsExactly("COMPLETED 54.50");
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    private static RefundStore.NewRefund ofThirty(UUID orderId) {
        return new RefundStore.NewRefund(
                Ids.next(), orderId, OrderFixture.gbp("30.00"), "refunded-by-shop", null, List.of());
    }

    @Test
    void aRefundWaitsForTheOneThatClaimedBefore() throws Exception {
        UUID id = shop.captured();
        var store = new RefundStore();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<RefundStore.Start>> second =
                    shop.orders.asSystem(() -> shop.orders.database.inTransaction(tx -> {
                        store.start(tx, ofThirty(id));
                        var later = executor.submit(() -> shop.orders.asSystem(
                                () -> shop.orders.database.inTransaction(other -> store.start(other, ofThirty(id)))));
                        shop.orders.testDatabase.awaitLockWaitOr(later::isDone);
                        return later;
                    }));

            assertThat(second.get(60, TimeUnit.SECONDS))
                    .contains(new RefundStore.Start.TooMuch(OrderFixture.gbp("24.50")));
        }
        assertThat(shop.refunds(id)).containsExactly("PENDING 30.00");
    }

    @Test
    void goodsThatAreClaimedTwiceAtOnceComeBackOnce() throws InterruptedException {
        UUID id = shop.delivered();

        var results =
                Concurrently.run(4, index -> refundWith(id, "key-" + index, new RefundOrder.RestockLine(shop.cup, 2)));

        assertThat(results.values()).hasSize(1);
        assertThat(shop.inventory.units(id)).isEqualTo(3);
        assertThat(shop.charged(id)).isEqualTo(OrderFixture.gbp("44.50"));
    }

    @Test
    void aRefundAndACancellationAtOnceGiveTheMoneyBackOnce() throws InterruptedException {
        for (int round = 0; round < 8; round++) {
            UUID id = shop.captured();
            var results = Concurrently.<Object>run(
                    2, index -> index == 0 ? shop.cancel(id, "cancel") : shop.refund(id, "20.00", "refund"));

            assertThat(results.failures())
                    .allSatisfy(failure -> assertThat(((ProblemException) failure).code())
                            .isIn("order-not-refundable", "refund-refused"));
            shop.deliver();
            assertThat(shop.orders.status(id)).isEqualTo("CANCELLED");
            assertThat(shop.charged(id)).isEqualTo(OrderFixture.gbp("0.00"));
            assertThat(shop.refunded(id)).isEqualTo("54.50");
            assertThat(shop.paymentStatus(id)).isEqualTo("REFUNDED");
        }
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    void eventsThatComeLateOrAgainNeverGoBackwards() {
        UUID id = shop.captured();
        UUID payment = shop.payments.accounts.get(id).paymentId;
        Money ten = OrderFixture.gbp("10.00");
        Money rest = OrderFixture.gbp("44.50");
        UUID first = Ids.next();

        shop.deliverTwice(new PaymentRefunded(payment, id, Ids.next(), rest, UndoingFixture.TOTAL, "REFUNDED", "b"));
        shop.deliverTwice(new PaymentRefunded(payment, id, first, ten, ten, "PARTIALLY_REFUNDED", "a"));
        shop.deliverTwice(new PaymentRefunded(payment, id, first, ten, ten, "PARTIALLY_REFUNDED", "a"));
        shop.deliverTwice(new PaymentCaptured(payment, id, UndoingFixture.TOTAL));

        assertThat(shop.paymentStatus(id)).isEqualTo("REFUNDED");
        assertThat(shop.refunded(id)).isEqualTo("54.50");
        assertThat(shop.refunds(id)).hasSize(2);
        assertThat(shop.orders.events(id))
                .filteredOn(event -> event.startsWith("order.refunded"))
                .hasSize(2);
        assertThat(shop.orders.brokenInvariants()).isEmpty();
    }

    @Test
    void aRefundOfAnOrderThatIsNotKnownHereIsLeftAlone() {
        shop.deliverTwice(new PaymentRefunded(
                Ids.next(), Ids.next(), Ids.next(), UndoingFixture.TOTAL, UndoingFixture.TOTAL, "REFUNDED", "gone"));

        assertThat(shop.orders.count("order_refunds")).isZero();
    }

    @Test
    void theShopSeesRefundsWithTheirReasonsAndTheBuyerWithout() {
        UUID id = shop.captured();
        shop.refund(id, "20.00", "k");
        var details = new OrderDetails(shop.orders.database, shop.orders.sealing);

        OrderView toShop = Contexts.staff(shop.orders.tenant, Permissions.ORDERS_READ)
                .supply(() -> details.find(id).orElseThrow());
        OrderView toBuyer = shop.buyer().supply(() -> details.find(id).orElseThrow());

        assertThat(toShop.refunded()).isEqualTo(OrderFixture.gbp("20.00"));
        assertThat(toShop.refunds())
                .singleElement()
                .satisfies(refund -> assertThat(refund.reason()).isEqualTo("broken"));
        assertThat(toBuyer.refunds())
                .singleElement()
                .satisfies(refund -> assertThat(refund.reason()).isNull());
    }

    @Test
    void theInvariantsFindWhatIsBroken() {
        UUID id = shop.delivered();
        refundWith(id, "a", new RefundOrder.RestockLine(shop.cup, 1));
        shop.deliver();
        var admin = shop.orders.testDatabase.admin();
        admin.sql("UPDATE orders SET refunded_amount = 9 WHERE id = :id")
                .param("id", id)
                .update();
        admin.sql("UPDATE order_refund_items SET quantity = 4").update();
        admin.sql("UPDATE order_refunds SET restock_status = 'PENDING'").update();

        assertThat(shop.orders.brokenInvariants())
                .containsExactlyInAnyOrder(
                        "refunded-equals-refunds", "refund-returns-at-most-sold", "pending-refund-has-saga");
    }
}
