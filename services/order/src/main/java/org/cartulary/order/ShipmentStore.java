package org.cartulary.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.order.SentLine;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** Writes parcels of orders, each change as one statement or one call of a function of the database. Thread-safe. */
final class ShipmentStore {

    /** How many parcels an order may have, those included that were cancelled. */
    static final int MAX_PARCELS = 500;

    /**
     * How a parcel is followed, as it is kept.
     *
     * @param numberSealed not kept of an order whose buyer was forgotten, nor is the address
     */
    record SealedTracking(
            @Nullable String carrier,
            @Nullable String numberSealed,
            @Nullable String urlSealed,
            @Nullable LocalDate estimatedDelivery) {}

    /** An order after one of its parcels was written. */
    record FollowedOrder(
            UUID id,
            String status,
            long version,
            String number,
            @Nullable UUID customerId) {}

    /** What came of the attempt to pack a parcel. */
    sealed interface Packing {

        /** There is a parcel. */
        record Packed(FollowedOrder order) implements Packing {}

        /** Nothing is sent of an order in this state. */
        record NotSendable(String orderStatus) implements Packing {}

        /** All its money may be given back; nobody knows yet. */
        record RefundPending() implements Packing {}

        /** The order has as many parcels as it may have. */
        record TooManyParcels() implements Packing {}

        /** Everything is packed or withdrawn. */
        record NothingLeft() implements Packing {}

        /** The order has no such line. */
        record NoSuchLine(UUID orderItemId) implements Packing {}

        /** More units of a line than are neither packed nor withdrawn. */
        record MoreThanLeft(UUID orderItemId, int left) implements Packing {}
    }

    /** What came of the attempt to say how far a parcel has got. */
    sealed interface Move {

        /** It has got there now; {@code orderDelivered} where the order is delivered with it. */
        record Moved(long shipmentVersion, FollowedOrder order, boolean orderDelivered) implements Move {}

        /** It was there already. */
        record Same(long shipmentVersion, String orderStatus) implements Move {}

        /** From where it is, it does not get there. */
        record Illegal(String shipmentStatus) implements Move {}

        /** Nothing is sent of an order in this state. */
        record NotSendable(String orderStatus) implements Move {}

        /** All the money of the order may be given back; nobody knows yet. */
        record RefundPending() implements Move {}

        /** It has not happened yet, or before the parcel left. */
        record ImpossibleTime() implements Move {}
    }

    /** Packs a parcel; empty if there is no such order. {@code lines} are {@code null} for all that is left. */
    Optional<Packing> pack(
            Transaction tx,
            UUID orderId,
            UUID shipmentId,
            @Nullable List<SentUnits> lines,
            SealedTracking tracking,
            boolean isSent) {
        return tx.jdbc()
                .sql("""
                        SELECT * FROM make_order_parcel(:tenantId, :orderId, :shipmentId, :itemIds::uuid[], :quantities::integer[],
                            :carrier::text, :numberSealed::text, :urlSealed::text, :estimatedDelivery::date, :isSent, :maximum)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("shipmentId", shipmentId)
                .param("itemIds", lines == null ? null : Sql.uuidArray(lines, SentUnits::orderItemId))
                .param("quantities", lines == null ? null : Sql.intArray(lines, SentUnits::quantity))
                .param("carrier", tracking.carrier())
                .param("numberSealed", tracking.numberSealed())
                .param("urlSealed", tracking.urlSealed())
                .param("estimatedDelivery", tracking.estimatedDelivery())
                .param("isSent", isSent)
                .param("maximum", MAX_PARCELS)
                .query((row, number) -> packing(orderId, row))
                .optional();
    }

    private static Packing packing(UUID orderId, ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return switch (outcome) {
            case "MADE" -> new Packing.Packed(order(orderId, row));
            case "NOT_SENDABLE" -> new Packing.NotSendable(row.getString("status"));
            case "REFUND_PENDING" -> new Packing.RefundPending();
            case "TOO_MANY_PARCELS" -> new Packing.TooManyParcels();
            case "NOTHING_LEFT" -> new Packing.NothingLeft();
            case "NO_SUCH_LINE" -> new Packing.NoSuchLine(row.getObject("order_item_id", UUID.class));
            case "MORE_THAN_LEFT" ->
                new Packing.MoreThanLeft(row.getObject("order_item_id", UUID.class), row.getInt("units"));
            default -> throw new IllegalStateException("make_order_parcel answered " + outcome);
        };
    }

    /** Says how far a parcel has got; empty if the order has no such parcel. {@code at} is {@code null} for now. */
    Optional<Move> move(
            Transaction tx,
            UUID orderId,
            UUID shipmentId,
            String status,
            @Nullable Instant at,
            @Nullable String wordsSealed) {
        return tx.jdbc()
                .sql("""
                        SELECT * FROM move_order_parcel(:tenantId, :orderId, :shipmentId, :status, :at::timestamptz, :words::text)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("shipmentId", shipmentId)
                .param("status", status)
                .param("at", at == null ? null : Sql.timestamp(at))
                .param("words", wordsSealed)
                .query((row, number) -> move(orderId, row))
                .optional();
    }

    private static Move move(UUID orderId, ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return switch (outcome) {
            case "MOVED" ->
                new Move.Moved(
                        row.getLong("shipment_version"), order(orderId, row), row.getBoolean("is_delivered_now"));
            case "SAME" -> new Move.Same(row.getLong("shipment_version"), row.getString("status"));
            case "ILLEGAL" -> new Move.Illegal(row.getString("shipment_status"));
            case "NOT_SENDABLE" -> new Move.NotSendable(row.getString("status"));
            case "REFUND_PENDING" -> new Move.RefundPending();
            case "IMPOSSIBLE_TIME" -> new Move.ImpossibleTime();
            default -> throw new IllegalStateException("move_order_parcel answered " + outcome);
        };
    }

    static FollowedOrder order(UUID orderId, ResultSet row) throws SQLException {
        return new FollowedOrder(
                orderId,
                row.getString("status"),
                row.getLong("version"),
                row.getString("order_number"),
                row.getObject("customer_id", UUID.class));
    }

    /** Replaces how a parcel is followed if it still has that version; empty if it has not, or there is none. */
    Optional<ShipmentState> follow(
            Transaction tx, UUID orderId, UUID shipmentId, long version, SealedTracking tracking) {
        return tx.jdbc()
                .sql("""
                        UPDATE order_shipments s
                        SET carrier = :carrier,
                            tracking_number_sealed = CASE WHEN o.erased_at IS NULL THEN :numberSealed::text END,
                            tracking_url_sealed = CASE WHEN o.erased_at IS NULL THEN :urlSealed::text END,
                            estimated_delivery = :estimatedDelivery::date, updated_at = now(), version = s.version + 1
                        FROM (SELECT tenant_id, id, status, erased_at FROM orders
                              WHERE tenant_id = :tenantId AND id = :orderId FOR NO KEY UPDATE) o
                        WHERE s.tenant_id = o.tenant_id AND s.order_id = o.id AND s.id = :shipmentId AND s.version = :version
                        RETURNING s.status, s.version, o.status AS order_status
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("shipmentId", shipmentId)
                .param("version", version)
                .param("carrier", tracking.carrier())
                .param("numberSealed", tracking.numberSealed())
                .param("urlSealed", tracking.urlSealed())
                .param("estimatedDelivery", tracking.estimatedDelivery())
                .query((row, number) -> new ShipmentState(
                        orderId,
                        shipmentId,
                        row.getString("status"),
                        row.getLong("version"),
                        row.getString("order_status")))
                .optional();
    }

    /** Whether the order has such a parcel. */
    boolean exists(Transaction tx, UUID orderId, UUID shipmentId) {
        return tx.jdbc()
                .sql("""
                        SELECT EXISTS (SELECT FROM order_shipments
                                       WHERE tenant_id = :tenantId AND id = :shipmentId AND order_id = :orderId)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("shipmentId", shipmentId)
                .query(Boolean.class)
                .single();
    }

    /** What lies in a parcel, in the order of the lines. */
    List<SentLine> lines(Transaction tx, UUID shipmentId) {
        return tx.jdbc()
                .sql("""
                        SELECT i.id, i.product_id, l.quantity
                        FROM order_shipment_items l
                        JOIN order_items i ON i.tenant_id = l.tenant_id AND i.id = l.order_item_id
                        WHERE l.tenant_id = :tenantId AND l.shipment_id = :shipmentId
                        ORDER BY i.line_number
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("shipmentId", shipmentId)
                .query((row, number) -> line(row))
                .list();
    }

    static SentLine line(ResultSet row) throws SQLException {
        return new SentLine(
                row.getObject("id", UUID.class), row.getObject("product_id", UUID.class), row.getInt("quantity"));
    }
}
