package org.cartulary.order;

import org.cartulary.contracts.order.OrderEventsApi;
import org.cartulary.platform.eventstore.EventPage;
import org.cartulary.platform.eventstore.EventStore;
import org.cartulary.platform.eventstore.EventsAfter;
import org.cartulary.platform.http.ProblemException;
import org.springframework.web.bind.annotation.RestController;

/** The feed of what happens to orders. */
@RestController
final class OrderEventsEndpoint implements OrderEventsApi {

    private static final int MAX_EVENTS = 500;

    private final EventStore events;

    OrderEventsEndpoint(EventStore events) {
        this.events = events;
    }

    @Override
    public EventPage eventsAfter(EventsAfter query) {
        if (query.limit() < 1 || query.limit() > MAX_EVENTS) {
            throw ProblemException.unprocessable("invalid-limit", "limit is from 1 to " + MAX_EVENTS);
        }
        return events.feed(query);
    }
}
