package org.cartulary.order;

import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.jspecify.annotations.Nullable;

/** Reads complete orders, each in one query. Thread-safe. */
final class OrderDetails {

    private static final String COMPLETE_ORDER = """
            SELECT jsonb_build_object(
                'id', o.id, 'orderNumber', o.order_number, 'customerId', o.customer_id, 'email', o.email_sealed,
                'status', o.status,
                'subtotal', jsonb_build_object('amount', o.subtotal::text, 'currency', o.currency),
                'tax', jsonb_build_object('amount', o.tax_amount::text, 'currency', o.currency),
                'includedTax', jsonb_build_object('amount', o.included_tax_amount::text, 'currency', o.currency),
                'adjustments', o.adjustments,
                'shipping', jsonb_build_object('amount', o.shipping_amount::text, 'currency', o.currency),
                'discount', jsonb_build_object('amount', o.discount_amount::text, 'currency', o.currency),
                'total', jsonb_build_object('amount', o.total_amount::text, 'currency', o.currency),
                'refunded', jsonb_build_object('amount', o.refunded_amount::text, 'currency', o.currency),
                'lineCount', o.line_count, 'unitCount', o.unit_count,
                'payment', jsonb_build_object('id', o.payment_id, 'method', o.payment_method, 'status', o.payment_status),
                'shippingMethodId', o.shipping_method_id, 'shippingMethodName', o.shipping_method_name,
                'couponCode', o.coupon_code, 'externalReference', o.external_reference, 'notes', o.notes,
                'placedAt', o.placed_at, 'paidAt', o.paid_at, 'confirmedAt', o.confirmed_at,
                'cancelledAt', o.cancelled_at, 'completedAt', o.completed_at, 'version', o.version,
                'items', (
                    SELECT jsonb_agg(jsonb_build_object(
                        'id', i.id, 'lineNumber', i.line_number, 'productId', i.product_id, 'sku', i.sku,
                        'name', i.name, 'imageUrl', i.image_url, 'quantity', i.quantity,
                        'unitPrice', jsonb_build_object('amount', i.unit_price::text, 'currency', o.currency),
                        'discount', jsonb_build_object('amount', i.discount_amount::text, 'currency', o.currency),
                        'tax', jsonb_build_object('amount', i.tax_amount::text, 'currency', o.currency),
                        'includedTax', jsonb_build_object('amount', i.included_tax_amount::text, 'currency', o.currency),
                        'total', jsonb_build_object('amount', i.total_price::text, 'currency', o.currency),
                        'packed', i.packed_quantity, 'sent', i.sent_quantity, 'delivered', i.delivered_quantity,
                        'withdrawn', i.withdrawn_quantity
                    ) ORDER BY i.line_number)
                    FROM order_items i
                    WHERE i.tenant_id = o.tenant_id AND i.order_id = o.id),
                'addresses', (
                    SELECT jsonb_object_agg(a.address_type, jsonb_build_object(
                        'id', a.id, 'country', a.country, 'addressSealed', a.address_sealed))
                    FROM order_addresses a
                    WHERE a.tenant_id = o.tenant_id AND a.order_id = o.id),
                'shipments', (
                    SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'id', s.id, 'status', s.status, 'carrier', s.carrier,
                        'trackingNumber', s.tracking_number_sealed, 'trackingUrl', s.tracking_url_sealed,
                        'estimatedDelivery', s.estimated_delivery, 'createdAt', s.created_at,
                        'shippedAt', s.shipped_at, 'deliveredAt', s.delivered_at, 'version', s.version,
                        'lines', (
                            SELECT jsonb_agg(jsonb_build_object(
                                'orderItemId', i.id, 'lineNumber', i.line_number, 'productId', i.product_id, 'sku', i.sku,
                                'quantity', l.quantity) ORDER BY i.line_number)
                            FROM order_shipment_items l
                            JOIN order_items i ON i.tenant_id = l.tenant_id AND i.id = l.order_item_id
                            WHERE l.tenant_id = s.tenant_id AND l.shipment_id = s.id),
                        'history', (
                            SELECT jsonb_agg(jsonb_build_object(
                                'from', e.status_from, 'to', e.status_to, 'words', e.words_sealed,
                                'happenedAt', e.happened_at,
                                'by', CASE WHEN :tellsWho THEN actor_of(e.changed_by) END) ORDER BY e.shipment_version)
                            FROM order_shipment_events e
                            WHERE e.tenant_id = s.tenant_id AND e.shipment_id = s.id)
                        ) ORDER BY s.created_at, s.id), '[]')
                    FROM order_shipments s
                    WHERE s.tenant_id = o.tenant_id AND s.order_id = o.id),
                'withdrawals', (
                    SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'id', w.id, 'reasonCode', w.reason, 'refundId', w.refund_id, 'createdAt', w.created_at,
                        'undoneAt', w.undone_at, 'by', CASE WHEN :tellsWho THEN actor_of(w.withdrawn_by) END,
                        'lines', (
                            SELECT jsonb_agg(jsonb_build_object(
                                'orderItemId', l.order_item_id, 'quantity', l.quantity) ORDER BY l.order_item_id)
                            FROM order_withdrawal_items l
                            WHERE l.tenant_id = w.tenant_id AND l.withdrawal_id = w.id)
                        ) ORDER BY w.created_at, w.id), '[]')
                    FROM order_withdrawals w
                    WHERE w.tenant_id = o.tenant_id AND w.order_id = o.id),
                'refunds', (
                    SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'id', r.id, 'status', r.status, 'reasonCode', r.reason,
                        'wordsSealed', CASE WHEN :readsAll THEN r.words_sealed END,
                        'amount', jsonb_build_object('amount', r.amount::text, 'currency', o.currency),
                        'restock', r.restock_status, 'createdAt', r.created_at, 'endedAt', r.ended_at,
                        'by', CASE WHEN :tellsWho THEN actor_of(r.requested_by) END)
                        ORDER BY r.created_at, r.id), '[]')
                    FROM order_refunds r
                    WHERE r.tenant_id = o.tenant_id AND r.order_id = o.id
                      AND (:readsAll OR r.status <> 'REFUSED')),
                'notesOfShop', (
                    SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'id', n.id, 'text', n.note_sealed, 'visibleToCustomer', n.is_customer_visible,
                        'by', CASE WHEN :tellsWho THEN actor_of(n.created_by) END, 'createdAt', n.created_at)
                        ORDER BY n.created_at, n.id), '[]')
                    FROM order_notes n
                    WHERE n.tenant_id = o.tenant_id AND n.order_id = o.id
                      AND (:readsAll OR n.is_customer_visible)),
                'history', (
                    SELECT jsonb_agg(jsonb_build_object(
                        'from', h.status_from, 'to', h.status_to, 'reasonCode', h.reason,
                        'wordsSealed', CASE WHEN h.status_to = 'CANCELLED' THEN o.cancellation_words_sealed END,
                        'changedAt', h.changed_at, 'by', CASE WHEN :tellsWho THEN actor_of(h.changed_by) END
                    ) ORDER BY h.order_version)
                    FROM order_status_history h
                    WHERE h.tenant_id = o.tenant_id AND h.order_id = o.id)
            )::text
            FROM orders o
            WHERE o.tenant_id = :tenantId AND o.id = :orderId
              AND (:readsAll OR o.customer_id = :customerId::uuid OR o.guest_id = :guestId::uuid)
            """;

    private final Database database;
    private final SealingOrders sealing;

    OrderDetails(Database database, SealingOrders sealing) {
        this.database = database;
        this.sealing = sealing;
    }

    /** The order, if it is the caller's own or the caller may read all orders. */
    Optional<OrderView> find(UUID orderId) {
        Principal caller = RequestContext.current().principal();
        Buyer buyer = Buyer.of(caller);
        return database.inReadTransaction(tx -> tx.jdbc()
                        .sql(COMPLETE_ORDER)
                        .param("tenantId", RequestContext.currentTenant())
                        .param("orderId", orderId)
                        .param("readsAll", caller.may(Permissions.ORDERS_READ))
                        .param("tellsWho", tellsWho(caller))
                        .param("customerId", buyer.customerId())
                        .param("guestId", buyer.guestId())
                        .query(String.class)
                        .optional())
                .map(text -> sealing.open(orderId, text));
    }

    /** Whether the caller is told who of the shop did what: neither buyers are, nor is the archive of what is kept on them. */
    private static boolean tellsWho(Principal caller) {
        return switch (caller.kind()) {
            case STAFF, INTEGRATION -> caller.may(Permissions.ORDERS_READ);
            case GUEST, CUSTOMER, VENDOR, SYSTEM -> false;
        };
    }

    /** The columns by which a caller's own orders are found. */
    record Buyer(@Nullable UUID customerId, @Nullable UUID guestId) {

        static Buyer of(Principal principal) {
            return switch (principal.kind()) {
                case GUEST -> new Buyer(null, principal.id());
                case CUSTOMER, STAFF, VENDOR, INTEGRATION, SYSTEM -> new Buyer(principal.id(), null);
            };
        }
    }
}
