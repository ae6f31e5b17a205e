package org.cartulary.platform.events;

import org.cartulary.platform.database.Database;

/**
 * Calls the outside world when an event arrives, outside any transaction. The event is delivered at least once, so the
 * handler makes sure itself that a duplicate does no harm. Implementations are thread-safe.
 *
 * @param <E> the event, a record that carries {@link EventType}
 */
public interface ReactingHandler<E> {

    /** The name of the handler in logs. */
    String consumer();

    /** The event that it reacts to. */
    Class<E> eventType();

    /** The database of the service that it belongs to; events that have arrived are kept there until they are handled. */
    Database database();

    /** Handles the event as the platform itself, for the event's tenant; if it throws, the event comes again later. */
    void handle(E event, Event envelope);
}
