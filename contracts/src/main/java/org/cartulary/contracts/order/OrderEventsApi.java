package org.cartulary.contracts.order;

import org.cartulary.platform.eventstore.EventPage;
import org.cartulary.platform.eventstore.EventsAfter;
import org.cartulary.platform.remote.SafeToRepeat;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Everything that ever happened to orders, for those who keep figures on it. Thread-safe. */
@HttpExchange("/internal/order-events")
public interface OrderEventsApi {

    /** The next events of all tenants, at most 500. Whoever goes on after the last one's position misses none. */
    @SafeToRepeat
    @PostExchange("/pages")
    EventPage eventsAfter(@RequestBody EventsAfter query);
}
