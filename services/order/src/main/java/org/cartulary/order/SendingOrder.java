package org.cartulary.order;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.OrderShipmentDelivered;
import org.cartulary.contracts.order.OrderShipmentSent;
import org.cartulary.contracts.order.SentLine;
import org.cartulary.order.ShipmentStore.FollowedOrder;
import org.cartulary.order.ShipmentStore.Move;
import org.cartulary.order.ShipmentStore.Packing;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Answer;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.idempotency.StoredAnswer;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/**
 * Packs parcels of orders, sends them, and says what becomes of them. The state of the order follows in the same transaction, and so
 * do the events. Thread-safe.
 */
record SendingOrder(
        Database database,
        ShipmentStore store,
        SealingShipments sealing,
        Idempotency idempotency,
        OrderProgress progress) {

    /**
     * Packs a parcel, which may leave at once.
     *
     * @throws ProblemException 404 {@code order-not-found}; 409 {@code order-not-sendable}, {@code order-refund-pending},
     *     {@code nothing-to-send}, {@code more-than-left} or {@code too-many-shipments}; 422 {@code invalid-request}
     */
    StoredAnswer<ShipmentState> pack(UUID orderId, PackOrder request, @Nullable String key) {
        if (request.lines() != null) {
            SentUnits.requireDistinct(request.lines());
        }
        ShipmentTracking tracking = request.tracking();
        tracking.requireSensible();
        UUID shipmentId = Ids.next();
        ShipmentStore.SealedTracking sealed = sealing.seal(orderId, shipmentId, tracking);
        return idempotency.once(
                new Idempotency.Request("POST /api/v1/admin/orders/" + orderId + "/shipments", key, request),
                ShipmentState.class,
                tx -> {
                    Packing packing = store.pack(
                                    tx, orderId, shipmentId, request.lines(), sealed, request.leavesAtOnce())
                            .orElseThrow(SendingOrder::noSuchOrder);
                    ShipmentState state = packed(tx, shipmentId, packing, request.leavesAtOnce());
                    return Answer.created(state, "/api/v1/admin/orders/" + orderId + "/shipments");
                });
    }

    private ShipmentState packed(Transaction tx, UUID shipmentId, Packing packing, boolean isSent) {
        return switch (packing) {
            case Packing.Packed(FollowedOrder order) -> {
                if (isSent) {
                    progress.publish(tx, order, List.of(sent(tx, order, shipmentId)), false);
                }
                yield new ShipmentState(
                        order.id(), shipmentId, isSent ? "SHIPPED" : "PENDING", isSent ? 2 : 1, order.status());
            }
            case Packing.NotSendable(String status) -> throw notSendable(status);
            case Packing.RefundPending() -> throw refundPending();
            case Packing.TooManyParcels() ->
                throw ProblemException.conflict(
                        "too-many-shipments", "an order has at most " + ShipmentStore.MAX_PARCELS + " shipments");
            case Packing.NothingLeft() ->
                throw ProblemException.conflict("nothing-to-send", "everything is packed, sent or withdrawn");
            case Packing.NoSuchLine(UUID line) -> throw noSuchLine(line);
            case Packing.MoreThanLeft(UUID line, int left) -> throw moreThanLeft(line, left);
        };
    }

    /**
     * Says how far a parcel has got; told again, nothing changes.
     *
     * @throws ProblemException 404 {@code shipment-not-found}; 409 {@code illegal-shipment-state}, {@code order-not-sendable} or
     *     {@code order-refund-pending}; 422 {@code invalid-request} for a time at which it cannot have happened
     */
    ShipmentState move(UUID orderId, UUID shipmentId, MoveShipment request) {
        if (!request.isOfOurTime()) {
            throw impossibleTime();
        }
        String words = sealing.sealWords(orderId, shipmentId, request.place(), request.note());
        return database.inTransaction(tx -> moved(
                tx,
                orderId,
                shipmentId,
                request.status(),
                store.move(tx, orderId, shipmentId, request.status(), request.at(), words)
                        .orElseThrow(SendingOrder::noSuchShipment)));
    }

    private ShipmentState moved(Transaction tx, UUID orderId, UUID shipmentId, String status, Move move) {
        return switch (move) {
            case Move.Moved(long version, FollowedOrder order, boolean orderDelivered) -> {
                progress.publish(tx, order, events(tx, order, shipmentId, status), orderDelivered);
                yield new ShipmentState(orderId, shipmentId, status, version, order.status());
            }
            case Move.Same(long version, String orderStatus) ->
                new ShipmentState(orderId, shipmentId, status, version, orderStatus);
            case Move.Illegal(String present) ->
                throw ProblemException.conflict(
                                "illegal-shipment-state",
                                "a shipment that is " + present + " does not become " + status)
                        .withProperty("shipmentStatus", present);
            case Move.NotSendable(String orderStatus) -> throw notSendable(orderStatus);
            case Move.RefundPending() -> throw refundPending();
            case Move.ImpossibleTime() -> throw impossibleTime();
        };
    }

    /**
     * Replaces who carries a parcel and how it is followed.
     *
     * @throws ProblemException 404 {@code shipment-not-found}; 412 {@code precondition-failed} if it has another version by now; 422
     *     {@code invalid-request}
     */
    ShipmentState follow(UUID orderId, UUID shipmentId, long version, ShipmentTracking tracking) {
        tracking.requireSensible();
        ShipmentStore.SealedTracking sealed = sealing.seal(orderId, shipmentId, tracking);
        return database.inTransaction(tx -> store.follow(tx, orderId, shipmentId, version, sealed)
                .orElseThrow(() -> store.exists(tx, orderId, shipmentId) ? ETags.stale() : noSuchShipment()));
    }

    private List<Object> events(Transaction tx, FollowedOrder order, UUID shipmentId, String status) {
        return switch (status) {
            case "SHIPPED" -> List.of(sent(tx, order, shipmentId));
            case "DELIVERED" ->
                List.of(new OrderShipmentDelivered(
                        order.id(), order.number(), order.customerId(), shipmentId, store.lines(tx, shipmentId)));
            default -> List.of();
        };
    }

    private OrderShipmentSent sent(Transaction tx, FollowedOrder order, UUID shipmentId) {
        List<SentLine> lines = store.lines(tx, shipmentId);
        return new OrderShipmentSent(order.id(), order.number(), order.customerId(), shipmentId, order.status(), lines);
    }

    static ProblemException noSuchOrder() {
        return ProblemException.notFound("order-not-found", "there is no such order");
    }

    static ProblemException noSuchLine(UUID line) {
        return ProblemException.unprocessable("invalid-request", "the lines are not valid")
                .with("/lines", "unknown", "the order has no line " + line);
    }

    static ProblemException moreThanLeft(UUID line, int left) {
        return ProblemException.conflict(
                        "more-than-left", "of the line " + line + " " + left + " are neither packed nor withdrawn")
                .withProperty("orderItemId", line)
                .withProperty("left", left);
    }

    private static ProblemException refundPending() {
        return ProblemException.conflict(
                "order-refund-pending",
                "all the money of the order is about to be given back; nothing of it leaves now");
    }

    private static ProblemException impossibleTime() {
        return ProblemException.unprocessable("invalid-request", "the time is not valid")
                .with("/at", "invalid", "give a time that is past, and not before the shipment left");
    }

    private static ProblemException noSuchShipment() {
        return ProblemException.notFound("shipment-not-found", "the order has no such shipment");
    }

    static ProblemException notSendable(String orderStatus) {
        return ProblemException.conflict("order-not-sendable", "nothing is sent of an order that is " + orderStatus)
                .withProperty("orderStatus", orderStatus);
    }
}
