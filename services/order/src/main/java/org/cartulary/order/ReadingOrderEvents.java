package org.cartulary.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.eventstore.EventStore;
import org.cartulary.platform.eventstore.StoredEvent;
import org.cartulary.platform.eventstore.TimePosition;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the event store tells of orders. Thread-safe. */
final class ReadingOrderEvents {

    private static final String AGGREGATE = "order";
    private static final long BEFORE_ALL_VERSIONS = -1;

    private final EventStore events;
    private final JsonMapper json;
    private final Cursors cursors;

    ReadingOrderEvents(EventStore events, JsonMapper json, Cursors cursors) {
        this.events = events;
        this.json = json;
        this.cursors = cursors;
    }

    /** The order as it was at that time; empty if it did not exist yet. */
    Optional<OrderAsOf> asOf(UUID orderId, Instant time) {
        return Optional.ofNullable(OrderAsOf.of(
                events.streamAsOf(AGGREGATE, orderId, time).stream()
                        .map(StoredEvent::event)
                        .toList(),
                json));
    }

    /**
     * The events of an order, the first one first.
     *
     * @throws ProblemException 404 {@code order-not-found} if there are none
     */
    Page<OrderEventView> history(UUID orderId, @Nullable Integer wantedLimit, @Nullable String cursor) {
        int limit = Pages.limit(wantedLimit);
        String scope = "admin/orders/" + orderId + "/history";
        long after = cursor == null
                ? BEFORE_ALL_VERSIONS
                : Long.parseLong(cursors.decode(scope, cursor).getFirst());
        List<StoredEvent> rows = events.stream(AGGREGATE, orderId, after, limit + 1);
        if (rows.isEmpty() && cursor == null) {
            throw ProblemException.notFound("order-not-found", "there is no such order");
        }
        return view(Pages.of(
                rows,
                limit,
                row -> cursors.encode(scope, List.of(Long.toString(row.event().aggregateVersion())))));
    }

    /**
     * The events of all orders in a time range, in the order in which they occurred.
     *
     * @param from the first moment that belongs to it
     * @param to the first moment that does not
     */
    Page<OrderEventView> between(Instant from, Instant to, @Nullable Integer wantedLimit, @Nullable String cursor) {
        int limit = Pages.limit(wantedLimit);
        if (!from.isBefore(to)) {
            throw ProblemException.unprocessable("invalid-time-range", "the time range begins before it ends")
                    .with("?from", "invalid", "choose a time before " + to);
        }
        String scope = "admin/events?from=" + from + "&to=" + to;
        TimePosition after = cursor == null ? TimePosition.at(from) : position(cursors.decode(scope, cursor));
        return view(Pages.of(events.between(after, to, limit + 1), limit, row -> cursor(scope, row)));
    }

    private String cursor(String scope, StoredEvent row) {
        TimePosition position = TimePosition.of(row);
        return cursors.encode(scope, List.of(position.occurredAt().toString(), Long.toString(position.sequence())));
    }

    private static TimePosition position(List<String> keys) {
        return new TimePosition(Instant.parse(keys.get(0)), Long.parseLong(keys.get(1)));
    }

    private Page<OrderEventView> view(Page<StoredEvent> page) {
        return page.map(row -> OrderEventView.of(row.event(), json));
    }
}
