package org.cartulary.platform.eventstore;

import java.time.Instant;

/**
 * A place among the events of a time range: after an event.
 *
 * @param occurredAt when that event occurred
 * @param sequence tells apart the events of one moment
 */
public record TimePosition(Instant occurredAt, long sequence) {

    /** Before all events of the moment, which are then read from it on. */
    public static TimePosition at(Instant from) {
        return new TimePosition(from, -1);
    }

    /** After this event. */
    public static TimePosition of(StoredEvent stored) {
        return new TimePosition(stored.event().occurredAt(), stored.position().sequence());
    }
}
