package org.cartulary.platform.eventstore;

import java.util.List;

/**
 * A page of a feed.
 *
 * @param events in their order; none when there are no more at present
 * @param next the position to go on after: the last event's, or where none came the one that was asked from
 */
public record EventPage(List<StoredEvent> events, EventPosition next) {

    public EventPage {
        events = List.copyOf(events);
    }
}
