package org.cartulary.customer;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.order.OrderPlaced;
import org.cartulary.contracts.order.OrderRefunded;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.eventstore.StoredEvent;
import org.cartulary.platform.money.Money;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a page of events says of orders. None of it can be taken back by a later event, so that it does not matter in which
 * order a page's changes are written.
 */
record OrderChanges(List<Placed> placed, List<OrderKey> confirmed, List<OrderKey> cancelled, List<Refunded> refunded) {

    /** An order in its shop. */
    record OrderKey(UUID tenantId, UUID orderId) {}

    /** A customer has placed an order. */
    record Placed(OrderKey key, UUID customerId, Money total, long units, Instant placedAt) {}

    /** So much of an order was given back, by all refunds so far. */
    record Refunded(OrderKey key, BigDecimal amount) {}

    /** What the events say; what is not about orders of customers says nothing. */
    static OrderChanges of(List<StoredEvent> events, JsonMapper json) {
        OrderChanges changes =
                new OrderChanges(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        events.forEach(stored -> changes.add(stored.event(), json));
        return changes;
    }

    private void add(Event event, JsonMapper json) {
        OrderKey key = new OrderKey(event.tenantId(), event.aggregateId());
        switch (event.type()) {
            case "order.placed.v1" -> {
                OrderPlaced order = Objects.requireNonNull(json.readValue(event.data(), OrderPlaced.class));
                if (order.customerId() != null) {
                    placed.add(new Placed(key, order.customerId(), order.total(), order.units(), order.placedAt()));
                }
            }
            case "order.confirmed.v1" -> confirmed.add(key);
            case "order.cancelled.v1" -> cancelled.add(key);
            case "order.refunded.v1" ->
                refunded.add(new Refunded(
                        key,
                        Objects.requireNonNull(json.readValue(event.data(), OrderRefunded.class))
                                .refundedInTotal()
                                .amount()));
            default -> {
                // Another version of the program may write events that the statistics do not know.
            }
        }
    }

    /** All orders that it says anything of. */
    List<OrderKey> touched() {
        List<OrderKey> keys = new ArrayList<>(confirmed);
        keys.addAll(cancelled);
        placed.forEach(order -> keys.add(order.key()));
        refunded.forEach(order -> keys.add(order.key()));
        return keys;
    }
}
