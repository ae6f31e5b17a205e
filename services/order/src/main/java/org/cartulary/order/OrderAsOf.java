package org.cartulary.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.OrderCancelled;
import org.cartulary.contracts.order.OrderConfirmed;
import org.cartulary.contracts.order.OrderPlaced;
import org.cartulary.contracts.order.OrderRefunded;
import org.cartulary.contracts.order.OrderShipmentDelivered;
import org.cartulary.contracts.order.OrderShipmentSent;
import org.cartulary.contracts.order.OrderUnitsWithdrawn;
import org.cartulary.contracts.order.PlacedLine;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.privacy.ReasonCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An order as its events tell it, up to some time. Who bought it and where it went is not among them.
 *
 * @param status CREATED, CONFIRMED, PARTIALLY_SHIPPED, SHIPPED, DELIVERED, CANCELLED, or REFUNDED where everything was given back
 * @param refunded by all refunds
 * @param cancellationReason why it was cancelled, as a code; {@code null} where it was not
 * @param completedAt when it was delivered
 * @param shipmentsSent the parcels that had left, in the order in which they did
 * @param shipmentsDelivered the parcels that had arrived
 * @param version of the order after its last event
 * @param changedAt when its last event occurred
 * @param unknownEvents the types of later events that change nothing here, because this reader does not know them
 */
record OrderAsOf(
        UUID id,
        String orderNumber,
        @Nullable UUID customerId,
        String status,
        Money subtotal,
        Money tax,
        Money includedTax,
        Money shipping,
        Money discount,
        Money total,
        Money refunded,
        @Nullable UUID paymentId,
        @Nullable String cancellationReason,
        Instant placedAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant cancelledAt,
        @Nullable Instant completedAt,
        List<UUID> shipmentsSent,
        List<UUID> shipmentsDelivered,
        long version,
        Instant changedAt,
        List<PlacedLine> items,
        List<String> unknownEvents) {

    /** The order that the events tell, in their order; {@code null} if it does not exist yet. */
    static @Nullable OrderAsOf of(List<Event> events, JsonMapper json) {
        Fold fold = new Fold(json);
        events.forEach(fold::add);
        return fold.order();
    }

    /** What is known after some of the events. Not thread-safe. */
    private static final class Fold {

        private final JsonMapper json;
        private final List<String> unknown = new ArrayList<>();
        private @Nullable OrderPlaced placed;
        private @Nullable OrderConfirmed confirmed;
        private @Nullable OrderCancelled cancelled;
        private @Nullable OrderRefunded refunded;
        private @Nullable Instant confirmedAt;
        private @Nullable Instant cancelledAt;
        private final List<UUID> sent = new ArrayList<>();
        private final List<UUID> arrived = new ArrayList<>();
        private @Nullable String statusOfSent;
        private @Nullable Instant completedAt;
        private @Nullable Event last;

        Fold(JsonMapper json) {
            this.json = json;
        }

        void add(Event event) {
            last = event;
            switch (event.type()) {
                case "order.placed.v1" -> placed = json.readValue(event.data(), OrderPlaced.class);
                case "order.confirmed.v1" -> {
                    confirmed = json.readValue(event.data(), OrderConfirmed.class);
                    confirmedAt = event.occurredAt();
                }
                case "order.cancelled.v1" -> {
                    cancelled = json.readValue(event.data(), OrderCancelled.class);
                    cancelledAt = event.occurredAt();
                }
                case "order.refunded.v1" -> refunded = json.readValue(event.data(), OrderRefunded.class);
                case "order.shipment-sent.v1" -> {
                    var shipment = json.readValue(event.data(), OrderShipmentSent.class);
                    sent.add(shipment.shipmentId());
                    statusOfSent = shipment.orderStatus();
                }
                case "order.shipment-delivered.v1" ->
                    arrived.add(json.readValue(event.data(), OrderShipmentDelivered.class)
                            .shipmentId());
                case "order.units-withdrawn.v1" -> withdrawn(json.readValue(event.data(), OrderUnitsWithdrawn.class));
                case "order.delivered.v1" -> completedAt = event.occurredAt();
                default -> unknown.add(event.type());
            }
        }

        /** It may be that nothing else was to be sent. */
        private void withdrawn(OrderUnitsWithdrawn event) {
            if (statusOfSent != null) {
                statusOfSent = event.orderStatus();
            }
        }

        @Nullable OrderAsOf order() {
            if (placed == null || last == null) {
                return null;
            }
            return new OrderAsOf(
                    placed.orderId(),
                    placed.orderNumber(),
                    placed.customerId(),
                    status(placed),
                    placed.subtotal(),
                    placed.tax(),
                    placed.includedTax(),
                    placed.shipping(),
                    placed.discount(),
                    placed.total(),
                    refunded == null ? Money.zero(placed.total().currency()) : refunded.refundedInTotal(),
                    confirmed == null ? null : confirmed.paymentId(),
                    cancelled == null ? null : ReasonCode.orUnspecified(cancelled.reason()),
                    placed.placedAt(),
                    confirmedAt,
                    cancelledAt,
                    completedAt,
                    List.copyOf(sent),
                    List.copyOf(arrived),
                    last.aggregateVersion(),
                    last.occurredAt(),
                    placed.lines(),
                    List.copyOf(unknown));
        }

        private String status(OrderPlaced order) {
            if (cancelled != null) {
                return "CANCELLED";
            }
            if (refunded != null && refunded.refundedInTotal().equals(order.total())) {
                return "REFUNDED";
            }
            if (completedAt != null) {
                return "DELIVERED";
            }
            if (statusOfSent != null) {
                return statusOfSent;
            }
            return confirmed == null ? "CREATED" : "CONFIRMED";
        }
    }
}
