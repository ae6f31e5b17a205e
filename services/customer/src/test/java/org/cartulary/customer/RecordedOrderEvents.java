package org.cartulary.customer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.cartulary.contracts.order.OrderCancelled;
import org.cartulary.contracts.order.OrderConfirmed;
import org.cartulary.contracts.order.OrderEventsApi;
import org.cartulary.contracts.order.OrderPlaced;
import org.cartulary.contracts.order.OrderRefunded;
import org.cartulary.contracts.order.PlacedLine;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventType;
import org.cartulary.platform.eventstore.EventPage;
import org.cartulary.platform.eventstore.EventPosition;
import org.cartulary.platform.eventstore.EventsAfter;
import org.cartulary.platform.eventstore.StoredEvent;
import org.cartulary.platform.http.ApiJson;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** An order service that is a list of events. It can be away. Thread-safe. */
final class RecordedOrderEvents implements OrderEventsApi {

    static final Instant FIRST_DAY = Instant.parse("2026-01-01T00:00:00Z");

    private final List<StoredEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger pagesLeft = new AtomicInteger(Integer.MAX_VALUE);

    @Override
    public EventPage eventsAfter(EventsAfter query) {
        if (pagesLeft.getAndDecrement() <= 0) {
            throw new IllegalStateException("the order service is away");
        }
        List<StoredEvent> page = events.stream()
                .filter(stored -> stored.position().compareTo(query.after()) > 0)
                .filter(stored -> query.until() == null || stored.position().compareTo(query.until()) <= 0)
                .limit(query.limit())
                .toList();
        return new EventPage(
                page, page.isEmpty() ? query.after() : page.getLast().position());
    }

    void answerOnly(int pages) {
        pagesLeft.set(pages);
    }

    int size() {
        return events.size();
    }

    static Money gbp(String amount) {
        return Money.parse(amount, "GBP");
    }

    /** An order of that many units, placed that many days after the first day. */
    UUID placed(UUID tenant, @Nullable UUID customer, String total, int units, int day) {
        UUID id = Ids.next();
        Money amount = gbp(total);
        PlacedLine line =
                new PlacedLine(Ids.next(), "SKU", "A thing", units, amount, gbp("0"), gbp("0"), gbp("0"), amount);
        add(
                tenant,
                id,
                new OrderPlaced(
                        id,
                        "N-" + id,
                        customer,
                        amount,
                        gbp("0"),
                        gbp("0"),
                        gbp("0"),
                        gbp("0"),
                        amount,
                        List.of(line),
                        FIRST_DAY.plusSeconds(86_400L * day)));
        return id;
    }

    void confirmed(UUID tenant, UUID order) {
        add(tenant, order, new OrderConfirmed(order, "N", null, Ids.next(), gbp("1")));
    }

    void cancelled(UUID tenant, UUID order) {
        add(tenant, order, new OrderCancelled(order, "N", null, "why not"));
    }

    void refunded(UUID tenant, UUID order, String amount, String inTotal) {
        add(tenant, order, new OrderRefunded(order, Ids.next(), gbp(amount), gbp(inTotal)));
    }

    synchronized void add(UUID tenant, UUID order, Object event) {
        String type = event.getClass().getAnnotation(EventType.class).name();
        long number = events.size() + 1L;
        events.add(new StoredEvent(
                new Event(
                        Ids.next(),
                        tenant,
                        type,
                        1,
                        "order",
                        order,
                        number,
                        Instant.now(),
                        "0",
                        5,
                        ApiJson.tolerant().writeValueAsString(event)),
                // Several events to a transaction, with gaps between the transactions.
                new EventPosition(1_000 + number / 3 * 7, number)));
    }

    Stream<StoredEvent> all() {
        return events.stream();
    }
}
