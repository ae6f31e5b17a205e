package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.OrderConfirmed;
import org.cartulary.contracts.payment.FindPayment;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OrderConfirmedHandlerDbTest {

    @Test
    @Tag("PAY-02")
    @Tag("PAY-06")
    void anOrderThatIsConfirmedIsCapturedOnceThoughTheEventComesTwice() {
        try (PaymentFixture fixture = new PaymentFixture()) {
            OrderConfirmedHandler handler =
                    new PaymentConfiguration().paymentOrderConfirmedHandler(fixture.work, fixture.clock);
            fixture.bus.host(List.of(), List.of(handler));
            UUID order = Ids.next();
            fixture.authorize(order, "tok_ok");
            UUID payment = fixture.asSystem(() -> fixture.payments.find(new FindPayment(order)))
                    .id();

            Event event = confirmed(fixture, order, payment);
            fixture.bus.dispatch(List.of(event, event));

            assertThat(fixture.status(order)).isEqualTo("CAPTURED");
            assertThat(fixture.charge(order)).isEqualTo("CAPTURED 12.34 12.34 0.00");
            assertThat(fixture.events(order)).isEqualTo("payment.captured.v1 3");
        }
    }

    @Test
    @Tag("PAY-06")
    void aCaptureWithoutAKnownOutcomeIsTheEventsForAMinuteAndThenTheJobs() {
        try (PaymentFixture fixture = new PaymentFixture()) {
            OrderConfirmedHandler handler =
                    new PaymentConfiguration().paymentOrderConfirmedHandler(fixture.work, fixture.clock);
            UUID order = Ids.next();
            fixture.authorize(order, "tok:capture=fail");
            Event event = confirmed(fixture, order, Ids.next());
            OrderConfirmed data = fixture.json.readValue(event.data(), OrderConfirmed.class);
            fixture.clock.set(Instant.EPOCH.plusSeconds(59));
            assertThatThrownBy(() -> handle(fixture, handler, data, event))
                    .isInstanceOf(UndecidedCaptureException.class);
            fixture.clock.set(Instant.EPOCH.plusSeconds(61));
            handle(fixture, handler, data, event);
            assertThat(fixture.transactions(order)).endsWith("CAPTURE PENDING 12.34");
        }
    }

    private static void handle(
            PaymentFixture fixture, OrderConfirmedHandler handler, OrderConfirmed data, Event event) {
        fixture.asSystem(() -> {
            handler.handle(data, event);
            return true;
        });
    }

    private static Event confirmed(PaymentFixture fixture, UUID order, UUID payment) {
        OrderConfirmed data = new OrderConfirmed(order, "K7Q2-9XHM-4T", null, payment, PaymentFixture.gbp("12.34"));
        return new Event(
                Ids.next(),
                fixture.tenant,
                "order.confirmed.v1",
                1,
                "order",
                order,
                3,
                Instant.EPOCH,
                TraceIds.next(),
                5,
                fixture.json.writeValueAsString(data));
    }
}
