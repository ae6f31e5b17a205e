package org.cartulary.platform.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.platform.coalescing.Call;
import org.cartulary.platform.coalescing.Coalescer;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.database.Work;
import tools.jackson.databind.json.JsonMapper;

/** The handlers of a process. Thread-safe once all are added. */
final class Consumers {

    private final JsonMapper json;
    private final List<Consumer> consumers = new ArrayList<>();
    private Map<String, List<Consumer>> byType = Map.of();

    Consumers(JsonMapper json) {
        this.json = json;
    }

    private record Consumer(String type, Database database, java.util.function.Consumer<Event> handler) {}

    <E> void add(EventHandler<E> handler) {
        Coalescer<EventHandler.Arrival<E>, Boolean> arrivals = Coalescing.of(handler.database())
                .together("handle-event", (tx, calls) -> handleAll(tx, handler, calls));
        add(
                handler.consumer(),
                handler.eventType(),
                handler.database(),
                event -> arrivals.call(new EventHandler.Arrival<>(read(handler.eventType(), event), event)));
    }

    void add(ReactingHandler<?> handler) {
        add(handler.consumer(), handler.eventType(), handler.database(), event -> react(handler, event));
    }

    private synchronized void add(
            String name, Class<?> type, Database database, java.util.function.Consumer<Event> handler) {
        String work = "consumer " + name + " of " + EventName.of(type).type();
        Work.declare(work);
        consumers.add(new Consumer(
                EventName.of(type).type(),
                database,
                event -> Work.during(work, event.id().toString(), () -> handler.accept(event))));
        byType = consumers.stream().collect(Collectors.groupingBy(Consumer::type));
    }

    /** The databases of the handlers, with the events that are handled in each. */
    synchronized Map<Database, Set<String>> interests() {
        return consumers.stream()
                .collect(Collectors.groupingBy(
                        Consumer::database,
                        LinkedHashMap::new,
                        Collectors.mapping(Consumer::type, Collectors.toUnmodifiableSet())));
    }

    /** Has all handlers handle the event. */
    void dispatch(Event event) {
        dispatch(event, interested(event));
    }

    /** Has the handlers of one database handle the event. */
    void dispatch(Event event, Database database) {
        dispatch(
                event,
                interested(event).stream()
                        .filter(consumer -> consumer.database() == database)
                        .toList());
    }

    private synchronized Collection<Consumer> interested(Event event) {
        return byType.getOrDefault(event.type(), List.of());
    }

    private static void dispatch(Event event, Collection<Consumer> interested) {
        if (!interested.isEmpty()) {
            RequestContext.ofSystem(event.tenantId(), event.traceId())
                    .run(() -> interested.forEach(consumer -> consumer.handler().accept(event)));
        }
    }

    /** Whether each was the first of its event, and was handled. */
    private static <E> List<Boolean> handleAll(
            Transaction tx, EventHandler<E> handler, List<Call<EventHandler.Arrival<E>>> calls) {
        List<EventHandler.Arrival<E>> arrivals =
                calls.stream().map(Call::command).toList();
        List<UUID> ids =
                arrivals.stream().map(arrival -> arrival.envelope().id()).toList();
        Set<UUID> accepted =
                new HashSet<>(Inbox.acceptAll(tx, RequestContext.currentTenant(), handler.consumer(), ids));
        // Of one that is delivered twice at the same time, the first is handled.
        List<Boolean> first = ids.stream().map(accepted::remove).toList();
        List<EventHandler.Arrival<E>> unhandled = IntStream.range(0, arrivals.size())
                .filter(first::get)
                .mapToObj(arrivals::get)
                .toList();
        if (!unhandled.isEmpty()) {
            handler.handleAll(tx, unhandled);
        }
        return first;
    }

    private <E> void react(ReactingHandler<E> handler, Event event) {
        handler.handle(read(handler.eventType(), event), event);
    }

    private <E> E read(Class<E> type, Event event) {
        return Objects.requireNonNull(json.readValue(event.data(), type));
    }
}
