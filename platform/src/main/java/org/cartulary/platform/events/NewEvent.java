package org.cartulary.platform.events;

import java.util.UUID;
import org.cartulary.platform.context.RequestContext;

/**
 * An event that is to be appended, one of several. Immutable.
 *
 * @param event a record that carries {@link EventType}
 * @param aggregateId the thing it happened to
 * @param aggregateVersion the version of the aggregate that the event leads to, greater than that of the event before it
 * @param priority 0 to 10
 * @param traceId the trace that caused it
 */
public record NewEvent(Object event, UUID aggregateId, long aggregateVersion, int priority, String traceId) {

    public NewEvent {
        if (priority < 0 || priority > 10) {
            throw new IllegalArgumentException("a priority is 0 to 10, not " + priority);
        }
    }

    /** One of the default priority, caused by a trace that need not be this thread's. */
    public NewEvent(Object event, UUID aggregateId, long aggregateVersion, String traceId) {
        this(event, aggregateId, aggregateVersion, Outbox.DEFAULT_PRIORITY, traceId);
    }

    /** One of the default priority, caused by this thread's trace. */
    public static NewEvent ofThisTrace(Object event, UUID aggregateId, long aggregateVersion) {
        return new NewEvent(
                event, aggregateId, aggregateVersion, RequestContext.current().traceId());
    }

    EventName name() {
        return EventName.of(event.getClass());
    }
}
