package org.cartulary.platform.events;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Brings events from the outboxes to the consumers. All transports promise the same: every event arrives, those of an
 * aggregate in order, and each perhaps more than once, which the inbox of the consumer tells. Implementations are
 * thread-safe.
 */
public interface EventTransport extends AutoCloseable {

    /**
     * Begins. It returns at once, also if the transport cannot be reached now; it then goes on trying.
     *
     * @param subscriptions who wants which events in this process
     */
    void start(List<Subscription> subscriptions);

    /**
     * Delivers events of one aggregate in order, and returns when what was delivered is in safe hands.
     *
     * @param source the service in which they happened
     * @param goOn asked before each event; if not, those left are not tried
     */
    Delivery deliver(String source, List<Event> events, BooleanSupplier goOn);

    /** Whether it makes sense to deliver now; {@code false} for a while after the transport could not be reached. */
    boolean ready();

    /** How many aggregates' events are delivered at the same time. */
    int concurrency();

    /** What is wrong with the transport now, to be asked by health checks; it takes at most some seconds. */
    Optional<String> fault();

    /** Ends; deliveries under way end or fail within some seconds. */
    @Override
    void close();
}
