package org.cartulary.platform.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to the handlers of this process, and over HTTP to the other processes. An event is delivered when it has taken
 * effect everywhere.
 */
final class InProcessTransport implements EventTransport {

    /** Of different aggregates: what handlers do at the same time shares their transactions, so that more cost less. */
    private static final int CONCURRENCY = 64;

    /** A process takes requests of 4 MiB; this leaves room for the envelopes and for characters of several bytes. */
    private static final int MAX_CHARACTERS_A_REQUEST = 200_000;

    private final Consumer<Event> handlers;
    private volatile List<RemoteEventTarget> targets = List.of();

    InProcessTransport(Consumer<Event> handlers) {
        this.handlers = handlers;
    }

    /** Adds other processes. */
    void forwardTo(List<? extends RemoteEventTarget> others) {
        List<RemoteEventTarget> all = new ArrayList<>(targets);
        all.addAll(others);
        targets = List.copyOf(all);
    }

    @Override
    public void start(List<Subscription> subscriptions) {
        // Handlers are called when there is something to deliver.
    }

    @Override
    public Delivery deliver(String source, List<Event> events, BooleanSupplier goOn) {
        Delivery delivery = eachOf(events, handlers, goOn);
        for (RemoteEventTarget target : targets) {
            List<Event> arrived = events.subList(0, delivery.delivered());
            Delivery forwarded = forward(target, arrived, goOn);
            if (forwarded.delivered() < arrived.size()) {
                delivery = forwarded;
            }
        }
        return delivery;
    }

    private static Delivery forward(RemoteEventTarget target, List<Event> events, BooleanSupplier goOn) {
        int delivered = 0;
        for (List<Event> request : requests(events)) {
            Delivery part = request(target, request, goOn);
            delivered += part.delivered();
            if (part.delivered() < request.size()) {
                return new Delivery(delivered, part.failure());
            }
        }
        return new Delivery(delivered, null);
    }

    /** All events in one request; if it is refused, one by one, to see which event it is. */
    private static Delivery request(RemoteEventTarget target, List<Event> events, BooleanSupplier goOn) {
        if (!goOn.getAsBoolean()) {
            return new Delivery(0, null);
        }
        if (events.size() > 1) {
            try {
                target.deliver(events);
                return new Delivery(events.size(), null);
            } catch (TransportUnavailableException e) {
                return new Delivery(0, e);
            } catch (RuntimeException e) {
                Delivery singly = eachOf(events, event -> target.deliver(List.of(event)), goOn);
                if (singly.failure() != null && singly.failure() != e) {
                    singly.failure().addSuppressed(e);
                }
                return singly;
            }
        }
        return eachOf(events, event -> target.deliver(List.of(event)), goOn);
    }

    private static Delivery eachOf(List<Event> events, Consumer<Event> delivery, BooleanSupplier goOn) {
        int delivered = 0;
        @Nullable Throwable failure = null;
        while (delivered < events.size() && failure == null && goOn.getAsBoolean()) {
            try {
                delivery.accept(events.get(delivered));
                delivered++;
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }
        return new Delivery(delivered, failure);
    }

    private static List<List<Event>> requests(List<Event> events) {
        List<List<Event>> requests = new ArrayList<>();
        List<Event> current = new ArrayList<>();
        int characters = 0;
        for (Event event : events) {
            if (!current.isEmpty() && characters + event.data().length() > MAX_CHARACTERS_A_REQUEST) {
                requests.add(current);
                current = new ArrayList<>();
                characters = 0;
            }
            current.add(event);
            characters += event.data().length();
        }
        if (!current.isEmpty()) {
            requests.add(current);
        }
        return requests;
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public int concurrency() {
        return CONCURRENCY;
    }

    @Override
    public Optional<String> fault() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }
}
