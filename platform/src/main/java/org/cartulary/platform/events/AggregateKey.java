package org.cartulary.platform.events;

import java.util.UUID;

/** The thing whose events are delivered in order: a dead one holds up those behind it. */
public record AggregateKey(UUID tenantId, String aggregateType, UUID aggregateId) {

    /** What the event happened to. */
    public static AggregateKey of(Event event) {
        return new AggregateKey(event.tenantId(), event.aggregateType(), event.aggregateId());
    }

    /** The key as text, for logs and for partitions. */
    @Override
    public String toString() {
        return tenantId + "/" + aggregateType + "/" + aggregateId;
    }
}
