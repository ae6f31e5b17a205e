package org.cartulary.platform.events;

import java.time.Instant;
import java.util.UUID;

/**
 * An event in its envelope, as it travels between services. Immutable.
 *
 * @param id the same at every delivery, so that a consumer can recognise a duplicate
 * @param type the name with its version, such as {@code order.confirmed.v1}
 * @param typeVersion the version in the name, 1 or more
 * @param aggregateType what kind of thing it happened to, such as {@code order}
 * @param aggregateId the thing it happened to; events of one aggregate arrive in order
 * @param aggregateVersion the version of the aggregate that the event led to
 * @param occurredAt when it was written, by the clock of the database
 * @param traceId the trace that caused it
 * @param priority 0 to 10; among events of different aggregates, higher ones are delivered first
 * @param data the event itself as JSON
 */
public record Event(
        UUID id,
        UUID tenantId,
        String type,
        int typeVersion,
        String aggregateType,
        UUID aggregateId,
        long aggregateVersion,
        Instant occurredAt,
        String traceId,
        int priority,
        String data) {}
