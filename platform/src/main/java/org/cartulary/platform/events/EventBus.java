package org.cartulary.platform.events;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings events to their consumers: the handlers in this process, and the other processes. One per process. Thread-safe.
 *
 * <p>It is made before the services, which need it for their outboxes. When all of them are made it is told of their
 * handlers ({@link #host}) and started; no event is delivered before. An event that nobody consumes counts as delivered.
 */
public final class EventBus implements AutoCloseable {

    private final JsonMapper json;
    private final MeterRegistry meters;
    private final Map<String, OutboxRelay> relays = new LinkedHashMap<>();
    private volatile Map<String, List<Consumer>> consumers = Map.of();
    private volatile List<RemoteEventTarget> targets = List.of();
    private boolean started;
    private boolean closed;

    /** A bus without consumers. */
    public EventBus(JsonMapper json, MeterRegistry meters) {
        this.json = json;
        this.meters = meters;
    }

    /**
     * Adds handlers to those that this process hosts.
     *
     * @throws IllegalStateException if the bus was started
     */
    public synchronized void host(
            Collection<? extends EventHandler<?>> handlers, Collection<? extends ReactingHandler<?>> reacting) {
        requireNotStarted();
        Map<String, List<Consumer>> all = new LinkedHashMap<>();
        consumers.forEach((type, some) -> all.put(type, new ArrayList<>(some)));
        for (EventHandler<?> handler : handlers) {
            add(all, EventName.of(handler.eventType()).type(), event -> handle(handler, event));
        }
        for (ReactingHandler<?> handler : reacting) {
            add(all, EventName.of(handler.eventType()).type(), event -> react(handler, event));
        }
        consumers = Map.copyOf(all);
    }

    /**
     * Adds other processes, each of which receives every event.
     *
     * @throws IllegalStateException if the bus was started
     */
    public synchronized void forwardTo(List<? extends RemoteEventTarget> others) {
        requireNotStarted();
        List<RemoteEventTarget> all = new ArrayList<>(targets);
        all.addAll(others);
        targets = List.copyOf(all);
    }

    /** Starts to deliver the events of all outboxes, those of later ones too. */
    public synchronized void start() {
        if (closed || started) {
            return;
        }
        started = true;
        relays.values().forEach(OutboxRelay::start);
    }

    /** Stops to deliver; returns when the deliveries under way have ended. */
    @Override
    public void close() {
        List<OutboxRelay> running;
        synchronized (this) {
            closed = true;
            running = List.copyOf(relays.values());
        }
        running.forEach(OutboxRelay::stop);
        running.forEach(OutboxRelay::close);
    }

    /**
     * Hands the events to the handlers of this process, in order.
     *
     * @throws RuntimeException if a handler fails; later events are then not handed over
     */
    public void dispatch(List<Event> events) {
        events.forEach(this::dispatch);
    }

    /** Hands the event to all its consumers, here and elsewhere; throws if one of them fails. */
    void deliver(Event event) {
        dispatch(event);
        for (RemoteEventTarget target : targets) {
            target.deliver(List.of(event));
        }
    }

    /** The one relay of the database in this process. */
    synchronized OutboxRelay relayOf(Database database) {
        return relays.computeIfAbsent(database.service(), service -> {
            OutboxRelay relay = new OutboxRelay(database, this, meters);
            if (started && !closed) {
                relay.start();
            }
            return relay;
        });
    }

    private void dispatch(Event event) {
        List<Consumer> interested = consumers.getOrDefault(event.type(), List.of());
        if (!interested.isEmpty()) {
            RequestContext.ofSystem(event.tenantId(), event.traceId())
                    .run(() -> interested.forEach(consumer -> consumer.accept(event)));
        }
    }

    private <E> void handle(EventHandler<E> handler, Event event) {
        E data = read(handler.eventType(), event);
        handler.database().inTransaction(tx -> {
            boolean first = Inbox.accept(tx, event.tenantId(), handler.consumer(), event.id());
            if (first) {
                handler.handle(tx, data, event);
            }
            return first;
        });
    }

    private <E> void react(ReactingHandler<E> handler, Event event) {
        handler.handle(read(handler.eventType(), event), event);
    }

    private <E> E read(Class<E> type, Event event) {
        return Objects.requireNonNull(json.readValue(event.data(), type));
    }

    private void requireNotStarted() {
        if (started) {
            throw new IllegalStateException("consumers are added before the bus is started");
        }
    }

    private static void add(Map<String, List<Consumer>> all, String type, Consumer consumer) {
        all.computeIfAbsent(type, key -> new ArrayList<>()).add(consumer);
    }

    private interface Consumer {
        void accept(Event event);
    }
}
