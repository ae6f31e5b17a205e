package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.CancelOrderResult;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.ConfirmOrderResult;
import org.cartulary.contracts.order.ConfirmOrderResult.Confirmed;
import org.cartulary.contracts.order.ConfirmOrderResult.NotConfirmable;
import org.cartulary.contracts.payment.PaymentCancelled;
import org.cartulary.contracts.payment.PaymentCaptured;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.database.TransactionWork;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Concurrently;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class OrderStatesDbTest {

    private static final UndoingFixture SHOP = new UndoingFixture();
    private static final OrderFixture FIXTURE = SHOP.orders;

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private static ConfirmOrderResult confirm(UUID orderId, UUID paymentId) {
        return FIXTURE.asSystem(() -> FIXTURE.orders.confirm(new ConfirmOrder(orderId, paymentId, "CARD")));
    }

    private static CancelOrderResult cancel(UUID orderId) {
        return FIXTURE.asSystem(() -> FIXTURE.orders.cancel(new CancelOrder(orderId, "changed-my-mind")));
    }

    @Test
    @Tag("ORD-02")
    void confirmingGoesOverPaidAndWritesBothHistoryRowsAndOneEvent() {
        UUID id = FIXTURE.placed(Ids.next());
        UUID payment = Ids.next();
        assertThat(confirm(id, payment)).isEqualTo(new Confirmed());
        assertThat(confirm(id, payment)).isEqualTo(new Confirmed());
        assertThat(FIXTURE.history(id)).containsExactly("CREATED", "PAID", "CONFIRMED");
        assertThat(FIXTURE.events(id)).containsExactly("order.placed.v1 1", "order.confirmed.v1 3");
        assertThat(confirm(id, Ids.next())).isEqualTo(new NotConfirmable("CONFIRMED"));
    }

    @Test
    @Tag("ORD-02")
    void aCancelledOrderIsNotConfirmedAndAnUnknownOneIsAFault() {
        UUID id = FIXTURE.placed(null);
        assertThat(cancel(id)).isEqualTo(new CancelOrderResult.Cancelled());
        assertThat(cancel(id)).isEqualTo(new CancelOrderResult.Cancelled());
        assertThat(confirm(id, Ids.next())).isEqualTo(new NotConfirmable("CANCELLED"));
        assertThat(FIXTURE.events(id)).containsExactly("order.placed.v1 1", "order.cancelled.v1 2");
        assertThatThrownBy(() -> confirm(Ids.next(), Ids.next())).isInstanceOf(ProblemException.class);
    }

    @Test
    @Tag("ORD-02")
    void aSentOrderIsNotCancelled() {
        UUID id = FIXTURE.confirmed(null);
        write(id, "SHIPPED", FIXTURE.database::asWorker);
        assertThat(cancel(id)).isEqualTo(new CancelOrderResult.NotCancellable("SHIPPED"));
    }

    @Test
    @Tag("ORD-02")
    void twoConfirmationsAndACancellationAtOnceEndInOneHistory() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            UUID id = FIXTURE.placed(null);
            UUID payment = Ids.next();
            List<Object> results = Concurrently.<Object>run(3, index -> index == 0 ? cancel(id) : confirm(id, payment))
                    .valuesOrThrow();
            assertThat(results).contains(new CancelOrderResult.Cancelled());
            boolean wasConfirmed = results.contains(new Confirmed());
            assertThat(FIXTURE.history(id))
                    .isEqualTo(
                            wasConfirmed
                                    ? List.of("CREATED", "PAID", "CONFIRMED", "CANCELLED")
                                    : List.of("CREATED", "CANCELLED"));
            assertThat(FIXTURE.events(id)).hasSize(wasConfirmed ? 3 : 2);
            // Whoever cancels through the contract undoes the payment itself.
            SHOP.deliverTwice(new PaymentCancelled(payment, id, "changed-my-mind"));
        }
        assertThat(FIXTURE.brokenInvariants()).isEmpty();
    }

    @Test
    @Tag("ORD-02")
    void confirmationsWithTwoPaymentsAtOnceHaveOneWinner() throws InterruptedException {
        UUID id = FIXTURE.placed(null);
        List<ConfirmOrderResult> results =
                Concurrently.run(4, () -> confirm(id, Ids.next())).valuesOrThrow();
        assertThat(results).containsOnlyOnce(new Confirmed());
        assertThat(FIXTURE.events(id)).hasSize(2);
    }

    /** Somebody's way to run a transaction. */
    private interface Writer {
        Integer write(TransactionWork<Integer> work);
    }

    private static int write(UUID id, String status, Writer writer) {
        return FIXTURE.asSystem(() -> writer.write(tx -> tx.jdbc()
                .sql("UPDATE orders SET status = :status, payment_id = coalesce(payment_id, id), version = version + 1"
                        + " WHERE id = :id")
                .param("status", status)
                .param("id", id)
                .update()));
    }

    @Test
    @Tag("ORD-02")
    void theDatabaseRefusesAnIllegalTransitionWhoeverWrites() {
        UUID id = FIXTURE.placed(null);
        for (String illegal : List.of("CONFIRMED", "SHIPPED", "DELIVERED", "REFUNDED", "PROCESSING")) {
            List<Writer> writers = List.of(FIXTURE.database::inTransaction, FIXTURE.database::asWorker);
            for (Writer writer : writers) {
                assertThatThrownBy(() -> write(id, illegal, writer))
                        .isInstanceOf(DataAccessException.class)
                        .hasMessageContaining("cannot go from CREATED to " + illegal);
            }
        }
        assertThatThrownBy(() -> FIXTURE.testDatabase
                        .admin()
                        .sql("UPDATE orders SET status = 'SHIPPED', payment_id = id WHERE id = :id")
                        .param("id", id)
                        .update())
                .hasMessageContaining("cannot go from CREATED to SHIPPED");
        assertThat(FIXTURE.status(id)).isEqualTo("CREATED");
        assertThat(write(id, "PAID", FIXTURE.database::inTransaction)).isEqualTo(1);
    }

    @Test
    @Tag("ORD-02")
    void neitherTheMachineNorTheHistoryCanBeRewritten() {
        UUID id = FIXTURE.placed(null);
        List<String> attempts = List.of(
                "INSERT INTO order_state_transitions (from_state, to_state) VALUES ('CREATED', 'SHIPPED')",
                "DELETE FROM order_state_transitions",
                "UPDATE order_status_history SET status_to = 'SHIPPED'",
                "DELETE FROM order_status_history");
        for (String attempt : attempts) {
            assertThatThrownBy(() -> FIXTURE.asSystem(() -> FIXTURE.database.inTransaction(
                            tx -> tx.jdbc().sql(attempt).update())))
                    .isInstanceOf(DataAccessException.class);
            assertThatThrownBy(() -> FIXTURE.database.asWorker(
                            tx -> tx.jdbc().sql(attempt).update()))
                    .isInstanceOf(DataAccessException.class);
        }
        assertThat(FIXTURE.history(id)).containsExactly("CREATED");
    }

    @Test
    @Tag("ORD-01")
    void aCapturedPaymentIsNotedOnce() {
        UUID id = FIXTURE.placed(null);
        UUID payment = Ids.next();
        confirm(id, payment);
        capture(id, payment);
        capture(id, payment);
        assertThat(FIXTURE.testDatabase
                        .admin()
                        .sql("SELECT payment_status || version FROM orders WHERE id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single())
                .isEqualTo("CAPTURED4");
        assertThatThrownBy(() -> capture(id, Ids.next())).isInstanceOf(IllegalStateException.class);
    }

    /** Delivers the event twice, as a relay may. */
    private static void capture(UUID id, UUID payment) {
        PaymentCaptured event = new PaymentCaptured(payment, id, OrderFixture.gbp("24.50"));
        Event envelope = new Event(
                Ids.next(),
                FIXTURE.tenant,
                "payment.captured.v1",
                1,
                "payment",
                payment,
                3,
                Instant.EPOCH,
                TraceIds.next(),
                5,
                FIXTURE.json.writeValueAsString(event));
        FIXTURE.bus.dispatch(List.of(envelope, envelope));
    }

    @Test
    @Tag("ORD-02")
    void theInvariantsFindWhatIsBroken() {
        try (OrderFixture broken = new OrderFixture()) {
            UUID id = broken.confirmed(null);
            UUID other = broken.confirmed(null);
            assertThat(broken.brokenInvariants()).isEmpty();
            var admin = broken.testDatabase.admin();
            admin.sql("ALTER TABLE orders DISABLE TRIGGER USER").update();
            admin.sql("UPDATE orders SET status = 'SHIPPED' WHERE id = :id")
                    .param("id", id)
                    .update();
            admin.sql("UPDATE order_items SET quantity = 1, total_price = unit_price WHERE order_id = :id")
                    .param("id", other)
                    .update();
            admin.sql("UPDATE orders SET paid_at = NULL WHERE id = :id")
                    .param("id", other)
                    .update();
            assertThat(broken.brokenInvariants())
                    .containsExactlyInAnyOrder(
                            "total-equals-parts",
                            "counts-match-lines",
                            "status-matches-history",
                            "paid-order-has-payment");
        }
    }

    @Test
    @Tag("ORD-02")
    void confirmationsThatAreDecidedTogetherAreDecidedOneAfterAnother() {
        UUID id = FIXTURE.placed(null);
        ConfirmOrder command = new ConfirmOrder(id, Ids.next(), "CARD");
        OrderStore store = new OrderStore(FIXTURE.json);

        List<Optional<OrderStore.Confirmation>> confirmations =
                FIXTURE.asSystem(() -> FIXTURE.database.inTransaction(tx -> store.confirm(
                        tx,
                        List.of(
                                command,
                                command,
                                new ConfirmOrder(id, Ids.next(), "CARD"),
                                new ConfirmOrder(Ids.next(), Ids.next(), "CARD")))));

        assertThat(confirmations.subList(0, 3).stream().map(Optional::orElseThrow))
                .extracting(OrderStore.Confirmation::wasChanged)
                .containsExactly(true, false, false);
        assertThat(confirmations.subList(0, 3).stream().map(Optional::orElseThrow))
                .extracting(OrderStore.Confirmation::isConfirmed)
                .containsExactly(true, true, false);
        assertThat(confirmations.getLast()).isEmpty();
        assertThat(FIXTURE.history(id)).containsExactly("CREATED", "PAID", "CONFIRMED");
    }
}
