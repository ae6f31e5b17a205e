package org.cartulary.platform.events;

import java.util.List;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;

/**
 * Changes a service's own records when an event arrives. The change and the note that the event was handled are one
 * transaction, so that the event takes effect once, however often it is delivered. Implementations are thread-safe.
 *
 * @param <E> the event, a record that carries {@link EventType}
 */
public interface EventHandler<E> {

    /** The name under which events are noted as handled, unique in its database; it must never change. */
    String consumer();

    /** The event that it handles. */
    Class<E> eventType();

    /** The database in which it works. */
    Database database();

    /**
     * Handles the event as the platform itself, for the event's tenant. Whatever it throws rolls the transaction back, and
     * the event is delivered again later. It must not call other services: a transaction is open.
     */
    void handle(Transaction tx, E event, Event envelope);

    /**
     * Handles events that came at the same time, each of them for the first time, in one transaction. It may be run again for
     * the same events, one by one, after what it did was rolled back. By itself it handles one after another; a handler of
     * what comes often does better by one statement for all.
     *
     * @param arrivals one or more, in the order in which they came, all of one tenant
     */
    default void handleAll(Transaction tx, List<Arrival<E>> arrivals) {
        for (Arrival<E> arrival : arrivals) {
            Event envelope = arrival.envelope();
            RequestContext.ofSystem(envelope.tenantId(), envelope.traceId())
                    .run(() -> handle(tx, arrival.event(), envelope));
        }
    }

    /** An event and what is known of it. */
    record Arrival<E>(E event, Event envelope) {}
}
