package org.cartulary.platform.events;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Receives events from other processes. It answers 204 when all of them have taken effect here, and an error otherwise, so
 * that the sender tries again; events that already took effect are then skipped.
 */
@RestController
public final class EventsEndpoint {

    /** Where events are received. */
    public static final String PATH = "/internal/events";

    private final EventBus bus;

    /** An endpoint that hands events to the handlers of this process. */
    public EventsEndpoint(EventBus bus) {
        this.bus = bus;
    }

    @PostMapping(PATH)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void receive(@RequestBody List<Event> events) {
        bus.dispatch(events);
    }
}
