package org.cartulary.platform.events;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.cartulary.platform.database.Database;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings events to their consumers by a transport, and has what arrives handled. One per process. Thread-safe.
 *
 * <p>It is made before the services, which need it for their outboxes. When all of them are made it is told of their
 * handlers ({@link #host}) and started; no event is delivered before. An event that nobody consumes counts as delivered.
 */
public final class EventBus implements AutoCloseable {

    private final MeterRegistry meters;
    private final RelaySettings settings;
    private final Consumers consumers;
    private final InProcessTransport inProcess;
    private final EventTransport transport;
    private final Map<RelayKey, QueueRelay> relays = new LinkedHashMap<>();
    private boolean started;
    private boolean closed;

    /** A bus without consumers, whose events are handed over in this process and over HTTP. */
    public EventBus(JsonMapper json, MeterRegistry meters) {
        this(json, meters, null, RelaySettings.DEFAULT);
    }

    /** A bus without consumers. It closes the transport. */
    public EventBus(JsonMapper json, MeterRegistry meters, EventTransport transport) {
        this(json, meters, transport, RelaySettings.DEFAULT);
    }

    EventBus(JsonMapper json, MeterRegistry meters, @Nullable EventTransport transport, RelaySettings settings) {
        this.meters = meters;
        this.settings = settings;
        this.consumers = new Consumers(json);
        this.inProcess = new InProcessTransport(consumers::dispatch);
        this.transport = transport == null ? inProcess : transport;
    }

    private record RelayKey(String service, EventQueue queue) {}

    /**
     * Adds handlers to those that this process hosts.
     *
     * @throws IllegalStateException if the bus was started
     */
    public synchronized void host(
            Collection<? extends EventHandler<?>> handlers, Collection<? extends ReactingHandler<?>> reacting) {
        requireNotStarted();
        handlers.forEach(consumers::add);
        reacting.forEach(consumers::add);
    }

    /**
     * Adds other processes, each of which receives every event.
     *
     * @throws IllegalStateException if the bus was started, or has a transport that finds the other processes itself
     */
    public synchronized void forwardTo(List<? extends RemoteEventTarget> others) {
        requireNotStarted();
        if (transport != inProcess) {
            throw new IllegalStateException("the transport of this bus finds the other processes itself");
        }
        inProcess.forwardTo(others);
    }

    /** Starts to deliver the events of all outboxes, those of later ones too, and to handle those that arrive. */
    public synchronized void start() {
        if (closed || started) {
            return;
        }
        started = true;
        relays.values().forEach(QueueRelay::start);
        List<Subscription> subscriptions = new ArrayList<>();
        // What another transport has brought is handled too, so that a change of the transport loses nothing.
        consumers
                .interests()
                .forEach((database, types) ->
                        subscriptions.add(subscription(database, types, relayOf(database, EventQueue.RECEIVED))));
        transport.start(subscriptions);
    }

    private static Subscription subscription(Database database, Set<String> types, QueueRelay relay) {
        ReceivedStore received = new ReceivedStore(database);
        return new Subscription(database.service(), types, new WakingReceiver(received, relay));
    }

    /** Stops to deliver; returns when the deliveries under way have ended. */
    @Override
    public void close() {
        List<QueueRelay> running;
        synchronized (this) {
            closed = true;
            running = List.copyOf(relays.values());
        }
        running.forEach(QueueRelay::stop);
        transport.close();
        running.forEach(QueueRelay::close);
    }

    /**
     * Hands the events to the handlers of this process, in order.
     *
     * @throws RuntimeException if a handler fails; later events are then not handed over
     */
    public void dispatch(List<Event> events) {
        events.forEach(consumers::dispatch);
    }

    /** What is wrong with the transport now, for health checks; it takes at most some seconds. */
    public Optional<String> fault() {
        return transport.fault();
    }

    /** The one relay of a queue of the database in this process. */
    synchronized QueueRelay relayOf(Database database, EventQueue queue) {
        return relays.computeIfAbsent(new RelayKey(database.service(), queue), key -> {
            QueueRelay relay = new QueueRelay(database, queue, route(database, queue), settings, meters);
            if (started && !closed) {
                relay.start();
            }
            return relay;
        });
    }

    /** Has the relay look for events, if there is one in this process. */
    synchronized void wake(Database database, EventQueue queue) {
        QueueRelay relay = relays.get(new RelayKey(database.service(), queue));
        if (relay != null) {
            relay.wake();
        }
    }

    private QueueRelay.Route route(Database database, EventQueue queue) {
        return switch (queue) {
            case OUTBOX -> new Outgoing(database.service(), transport);
            case RECEIVED -> new Incoming(new InProcessTransport(event -> consumers.dispatch(event, database)));
        };
    }

    /** Tells the relay of what was kept. */
    private record WakingReceiver(EventReceiver receiver, QueueRelay relay) implements EventReceiver {

        @Override
        public List<Refused> keep(List<Event> events) {
            List<Refused> refused = receiver.keep(events);
            relay.wake();
            return refused;
        }

        @Override
        public void setAside(List<UnusableRecord> records) {
            receiver.setAside(records);
        }
    }

    private record Outgoing(String service, EventTransport transport) implements QueueRelay.Route {

        @Override
        public Delivery deliver(List<Event> events, BooleanSupplier goOn) {
            return transport.deliver(service, events, goOn);
        }

        @Override
        public boolean ready() {
            return transport.ready();
        }

        @Override
        public int concurrency() {
            return transport.concurrency();
        }
    }

    /** What has arrived is handled as what never left: a transport without targets hands it to the handlers. */
    private record Incoming(InProcessTransport handlers) implements QueueRelay.Route {

        @Override
        public Delivery deliver(List<Event> events, BooleanSupplier goOn) {
            return handlers.deliver("", events, goOn);
        }

        @Override
        public boolean ready() {
            return handlers.ready();
        }

        @Override
        public int concurrency() {
            return handlers.concurrency();
        }
    }

    private void requireNotStarted() {
        if (started) {
            throw new IllegalStateException("consumers are added before the bus is started");
        }
    }
}
