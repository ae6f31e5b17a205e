package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.payment.PaymentCaptured;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventHandler.Arrival;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Payments that are captured at the same time. */
@Tag("PAY-06")
class PaymentCapturedHandlerDbTest {

    private final UndoingFixture shop = new UndoingFixture();
    private final PaymentCapturedHandler handler =
            new OrderConfiguration().orderPaymentCapturedHandler(shop.orders.testDatabase.databases(), shop.undoing);

    @AfterEach
    void close() {
        shop.close();
    }

    private Arrival<PaymentCaptured> captured(UUID order, String trace) {
        UUID payment = Objects.requireNonNull(shop.payments.accounts.get(order)).paymentId;
        var event = new PaymentCaptured(payment, order, UndoingFixture.TOTAL);
        return new Arrival<>(
                event,
                new Event(
                        Ids.next(),
                        shop.orders.tenant,
                        "payment.captured.v1",
                        1,
                        "payment",
                        payment,
                        3,
                        Instant.EPOCH,
                        trace.repeat(32),
                        5,
                        shop.orders.json.writeValueAsString(event)));
    }

    private void handle(List<Arrival<PaymentCaptured>> arrivals) {
        shop.orders.asSystem(() -> shop.orders.database.inTransaction(tx -> {
            handler.handleAll(tx, arrivals);
            return arrivals.size();
        }));
    }

    @Test
    void eachOrderIsToldAndTheMoneyOfACancelledOneGoesBackUnderItsOwnTrace() {
        UUID lasting = shop.confirmed();
        UUID cancelled = shop.confirmed();
        UUID last = shop.confirmed();
        shop.orders
                .testDatabase
                .admin()
                .sql(
                        "UPDATE orders SET status = 'CANCELLED', cancelled_at = now(), version = version + 1 WHERE id = :id")
                .param("id", cancelled)
                .update();

        handle(List.of(captured(lasting, "a"), captured(cancelled, "b"), captured(last, "c")));

        assertThat(List.of(lasting, cancelled, last))
                .extracting(shop::paymentStatus)
                .containsOnly("CAPTURED");
        assertThat(shop.orders
                        .testDatabase
                        .admin()
                        .sql("SELECT saga_data ->> 'orderId' || ' ' || trace_id FROM saga_instances")
                        .query(String.class)
                        .list())
                .containsExactly(cancelled + " " + "b".repeat(32));
    }

    @Test
    void aPaymentThatItsOrderDoesNotKnowIsAFault() {
        UUID known = shop.confirmed();
        UUID unknown = shop.placed();
        shop.payments.authorized(unknown, Ids.next(), UndoingFixture.TOTAL);

        assertThatIllegalStateException()
                .isThrownBy(() -> handle(List.of(captured(known, "a"), captured(unknown, "b"))))
                .withMessageContaining(unknown.toString());

        assertThat(shop.paymentStatus(known)).isNotEqualTo("CAPTURED");
    }
}
