package org.cartulary.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.OrderRefunded;
import org.cartulary.platform.events.EventType;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.eventstore.EventPage;
import org.cartulary.platform.eventstore.EventPosition;
import org.cartulary.platform.eventstore.EventStore;
import org.cartulary.platform.eventstore.EventsAfter;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.testing.Contexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-11")
class ReadingOrderEventsDbTest {

    /** An event of a later version of the program. */
    @EventType(name = "order.gift-wrapped.v1", aggregate = "order")
    record OrderGiftWrapped(UUID orderId) {}

    private static final OrderFixture FIXTURE = new OrderFixture();
    private static final EventStore EVENTS = new EventStore(FIXTURE.database);
    private static final ReadingOrderEvents PAST = new ReadingOrderEvents(EVENTS, FIXTURE.json, FIXTURE.cursors);
    private static final Outbox OUTBOX = new Outbox(FIXTURE.database, FIXTURE.bus, FIXTURE.json);

    private final UUID tenant = Contexts.newTenant();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private UUID place(UUID customer) {
        UUID id = Ids.next();
        FIXTURE.as(
                tenant,
                () -> FIXTURE.orders.create(OrderFixture.order(
                        id,
                        customer,
                        OrderFixture.WIDE,
                        OrderFixture.line("A", 2, "10.00"),
                        OrderFixture.line("B", 1, "5.00"))));
        return id;
    }

    private void append(Object event, UUID orderId, long version) {
        Contexts.system(tenant)
                .run(() -> FIXTURE.database.inTransaction(tx -> {
                    OUTBOX.append(tx, event, orderId, version);
                    return true;
                }));
    }

    private List<OrderEventView> history(UUID id) {
        return FIXTURE.as(tenant, () -> PAST.history(id, 100, null)).items();
    }

    private OrderAsOf asOf(UUID id, Instant time) {
        return FIXTURE.as(tenant, () -> PAST.asOf(id, time)).orElseThrow();
    }

    @Test
    void anOrderIsToldAsItWasAtEachTime() {
        UUID customer = Ids.next();
        UUID id = place(customer);
        UUID payment = Ids.next();
        FIXTURE.as(tenant, () -> FIXTURE.orders.confirm(new ConfirmOrder(id, payment, "CARD")));
        FIXTURE.as(tenant, () -> FIXTURE.orders.cancel(new CancelOrder(id, "changed-my-mind")));
        List<OrderEventView> history = history(id);
        assertThat(history)
                .extracting(event -> event.type() + " " + event.version())
                .containsExactly("order.placed.v1 1", "order.confirmed.v1 3", "order.cancelled.v1 4");

        OrderAsOf placed = asOf(id, history.get(0).occurredAt());
        assertThat(placed.status()).isEqualTo("CREATED");
        assertThat(placed.customerId()).isEqualTo(customer);
        assertThat(placed.subtotal()).isEqualTo(OrderFixture.gbp("25.00"));
        assertThat(placed.total()).isEqualTo(OrderFixture.gbp("29.50"));
        assertThat(placed.items())
                .extracting(line -> line.sku() + " " + line.quantity() + " " + line.total())
                .containsExactly("A 2 20.00 GBP", "B 1 5.00 GBP");
        assertThat(placed.paymentId()).isNull();
        assertThat(placed.version()).isEqualTo(1);

        OrderAsOf confirmed = asOf(id, history.get(1).occurredAt());
        assertThat(confirmed.status()).isEqualTo("CONFIRMED");
        assertThat(confirmed.paymentId()).isEqualTo(payment);
        assertThat(confirmed.cancellationReason()).isNull();

        OrderAsOf cancelled = asOf(id, Instant.now().plusSeconds(60));
        assertThat(cancelled.status()).isEqualTo("CANCELLED");
        assertThat(cancelled.cancellationReason()).isEqualTo("changed-my-mind");
        assertThat(cancelled.confirmedAt()).isEqualTo(history.get(1).occurredAt());
        assertThat(cancelled.items()).isEqualTo(placed.items());
    }

    @Test
    void beforeItWasPlacedThereWasNoOrder() {
        UUID id = place(Ids.next());
        Instant before = history(id).getFirst().occurredAt().minusNanos(1_000);
        assertThat(FIXTURE.as(tenant, () -> PAST.asOf(id, before))).isEmpty();
        assertThat(FIXTURE.as(
                        Contexts.newTenant(), () -> PAST.asOf(id, Instant.now().plusSeconds(60))))
                .isEmpty();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> FIXTURE.as(Contexts.newTenant(), () -> PAST.history(id, null, null)));
    }

    @Test
    void refundsAreSummedAndUnknownEventsAreListedAndDoNoHarm() {
        UUID id = place(null);
        append(new OrderRefunded(id, Ids.next(), OrderFixture.gbp("9.50"), OrderFixture.gbp("9.50")), id, 2);
        append(new OrderGiftWrapped(id), id, 3);
        OrderAsOf partly = asOf(id, Instant.now().plusSeconds(60));
        assertThat(partly.refunded()).isEqualTo(OrderFixture.gbp("9.50"));
        assertThat(partly.status()).isEqualTo("CREATED");
        assertThat(partly.unknownEvents()).containsExactly("order.gift-wrapped.v1");
        assertThat(partly.version()).isEqualTo(3);

        append(new OrderRefunded(id, Ids.next(), OrderFixture.gbp("20.00"), OrderFixture.gbp("29.50")), id, 4);
        assertThat(asOf(id, Instant.now().plusSeconds(60)).status()).isEqualTo("REFUNDED");
        assertThat(history(id)).hasSize(4);
    }

    @Test
    void theStoreHoldsNoPersonalData() {
        UUID id = place(Ids.next());
        assertThat(history(id).getFirst().data().toString())
                .doesNotContain("ada@example.org", "Lovelace", "St James", "SW1Y");
    }

    @Test
    @Tag("PLT-15")
    void historyAndTimeRangeAreReadPageByPage() {
        UUID id = place(Ids.next());
        FIXTURE.as(tenant, () -> FIXTURE.orders.confirm(new ConfirmOrder(id, Ids.next(), "CARD")));
        UUID other = place(Ids.next());
        Page<OrderEventView> first = FIXTURE.as(tenant, () -> PAST.history(id, 1, null));
        assertThat(first.page().hasMore()).isTrue();
        assertThat(FIXTURE.as(tenant, () -> PAST.history(id, 1, first.page().next()))
                        .items())
                .singleElement()
                .satisfies(event -> assertThat(event.type()).isEqualTo("order.confirmed.v1"));

        Instant from = history(id).get(1).occurredAt();
        Instant to = Instant.now().plusSeconds(60);
        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            String next = cursor;
            Page<OrderEventView> page = FIXTURE.as(tenant, () -> PAST.between(from, to, 1, next));
            page.items().forEach(event -> read.add(event.aggregateId() + " " + event.type()));
            cursor = page.page().next();
        } while (cursor != null);
        assertThat(read).containsExactly(id + " order.confirmed.v1", other + " order.placed.v1");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> FIXTURE.as(tenant, () -> PAST.between(to, from, 1, null)));
    }

    @Test
    void theFeedHandsOutTheEventsOfAllTenantsPageByPage() {
        OrderEventsEndpoint feed = new OrderEventsEndpoint(EVENTS);
        UUID id = place(Ids.next());
        EventPosition position = EventPosition.START;
        List<UUID> read = new ArrayList<>();
        EventPage page;
        do {
            page = feed.eventsAfter(new EventsAfter(position, null, 2));
            page.events().forEach(stored -> read.add(stored.event().aggregateId()));
            position = page.next();
        } while (!page.events().isEmpty());
        assertThat(read).contains(id).hasSize((int) FIXTURE.count("domain_events"));
        assertThat(Objects.requireNonNull(
                                FIXTURE.json.readValue(FIXTURE.json.writeValueAsString(page), EventPage.class))
                        .next())
                .isEqualTo(position);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> feed.eventsAfter(new EventsAfter(EventPosition.START, null, 501)));
    }
}
