package org.cartulary.payment;

import java.time.Clock;
import java.time.Duration;
import org.cartulary.contracts.order.OrderConfirmed;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.ReactingHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the money as soon as the order is confirmed. While a provider does not do so the event is tried again for a minute;
 * then a job goes on, so that a provider that is away for long leaves no dead events.
 */
final class OrderConfirmedHandler implements ReactingHandler<OrderConfirmed> {

    private static final Duration TRIED_BY_EVENT = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(OrderConfirmedHandler.class);

    private final Database database;
    private final CapturingPayment capturing;
    private final Clock clock;

    OrderConfirmedHandler(Database database, CapturingPayment capturing, Clock clock) {
        this.database = database;
        this.capturing = capturing;
        this.clock = clock;
    }

    @Override
    public String consumer() {
        return "payment.order-confirmed";
    }

    @Override
    public Class<OrderConfirmed> eventType() {
        return OrderConfirmed.class;
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public void handle(OrderConfirmed event, Event envelope) {
        try {
            capturing.capture(event.orderId());
        } catch (UndecidedCaptureException undecided) {
            if (clock.instant().isBefore(envelope.occurredAt().plus(TRIED_BY_EVENT))) {
                throw undecided;
            }
            LOG.warn("a job goes on with what the event began: {}", undecided.getMessage());
        }
    }
}
