package org.cartulary.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.cartulary.contracts.order.OrderConfirmed;
import org.cartulary.contracts.payment.FindPayment;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class OrderConfirmedHandlerDbTest {

    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    private final PaymentFixture fixture = new PaymentFixture();
    private final PromptCaptures prompt = new PromptCaptures(fixture.work.capturing());
    private final OrderConfirmedHandler handler =
            new PaymentConfiguration().paymentOrderConfirmedHandler(fixture.work, prompt);

    @AfterEach
    void close() {
        prompt.close();
        fixture.close();
    }

    private void handle(UUID order) {
        handle(handler, order);
    }

    private void handle(OrderConfirmedHandler handling, UUID order) {
        Event event = confirmed(fixture, order, Ids.next());
        fixture.asSystem(() -> {
            handling.handle(fixture.json.readValue(event.data(), OrderConfirmed.class), event);
            return true;
        });
    }

    @Test
    @Tag("PAY-02")
    @Tag("PAY-06")
    void anOrderThatIsConfirmedIsCapturedOnceThoughTheEventComesTwice() {
        fixture.bus.host(List.of(), List.of(handler));
        UUID order = Ids.next();
        fixture.authorize(order, "tok_ok");
        UUID payment = fixture.asSystem(() -> fixture.payments.find(new FindPayment(order)))
                .id();

        Event event = confirmed(fixture, order, payment);
        fixture.bus.dispatch(List.of(event, event));
        prompt.close();

        assertThat(fixture.status(order)).isEqualTo("CAPTURED");
        assertThat(fixture.charge(order)).isEqualTo("CAPTURED 12.34 12.34 0.00");
        assertThat(fixture.events(order)).isEqualTo("payment.captured.v1 3");
    }

    @Test
    @Tag("PAY-06")
    @Tag("PLT-09")
    void aProviderThatIsAwayFailsNoEventAndAJobGoesOn() {
        UUID order = Ids.next();
        fixture.authorize(order, "tok:capture=fail-then-ok");
        handle(order);
        prompt.close();
        assertThat(fixture.status(order)).isEqualTo("AUTHORIZED");
        assertThat(fixture.transactions(order)).endsWith("CAPTURE PENDING 12.34");
        fixture.age(order, "61 seconds");
        new FinishingPayments(fixture.work, new ExpiringPayment(fixture.work, new PlacedOrders())).run();
        assertThat(fixture.status(order)).isEqualTo("CAPTURED");
    }

    @Test
    @Tag("PAY-06")
    void aProviderThatKeepsUsWaitingHoldsUpNobodyElse() {
        UUID slow = Ids.next();
        fixture.authorize(slow, "tok:capture=hang");
        UUID other = Ids.next();
        fixture.authorize(other, "tok_ok");
        Duration timeout = Duration.ofSeconds(25);
        PaymentWork patient = fixture.workWith(fixture.testProvider.payments(), timeout);
        try (PromptCaptures captures = new PromptCaptures(patient.capturing())) {
            long begun = System.nanoTime();
            OrderConfirmedHandler handling = new PaymentConfiguration().paymentOrderConfirmedHandler(patient, captures);
            handle(handling, slow);
            handle(handling, other);
            while (!"CAPTURED".equals(fixture.status(other)) && System.nanoTime() - begun < timeout.toNanos()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            assertThat(fixture.status(other)).isEqualTo("CAPTURED");
            assertThat(fixture.transactions(slow)).endsWith("CAPTURE PENDING 12.34");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(timeout);
        }
    }

    @Test
    @Tag("PLT-09")
    void anEventThatComesBeforeItsPaymentIsPostponed() {
        UUID pending = Ids.next();
        fixture.authorize(pending, "tok_timeout");
        for (UUID order : List.of(pending, Ids.next())) {
            assertThatThrownBy(() -> handle(order))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
        }
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
