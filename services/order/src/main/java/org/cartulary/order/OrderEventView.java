package org.cartulary.order;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.platform.audit.NotPersonal;
import org.cartulary.platform.events.Event;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stored event of the order service.
 *
 * @param type the name of the event with its version
 * @param version the version of the aggregate that the event led to
 * @param data the event itself
 */
record OrderEventView(
        UUID id,
        String type,
        String aggregateType,
        UUID aggregateId,
        long version,
        Instant occurredAt,
        String traceId,

        @NotPersonal("events of orders name people by their ids only")
        JsonNode data) {

    static OrderEventView of(Event event, JsonMapper json) {
        return new OrderEventView(
                event.id(),
                event.type(),
                event.aggregateType(),
                event.aggregateId(),
                event.aggregateVersion(),
                event.occurredAt(),
                event.traceId(),
                json.readTree(event.data()));
    }
}
