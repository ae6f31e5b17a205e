package org.cartulary.inventory;

import java.util.List;
import org.cartulary.contracts.inventory.ReservationRecordsApi;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.KeptRecords;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.springframework.web.bind.annotation.RestController;

/** What reservations of stock say of people. */
@RestController
final class ReservationRecordsEndpoint implements ReservationRecordsApi {

    private final Database database;

    ReservationRecordsEndpoint(Database database) {
        this.database = database;
    }

    /** As the platform: a customer's transactions do not see what was reserved for the same person as a guest. */
    @Override
    public KeptRecords export(Traces traces) {
        return RequestContext.current().asSystem().supply(() -> exported(traces));
    }

    private KeptRecords exported(Traces traces) {
        String reservations = database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT coalesce(jsonb_agg(jsonb_build_object(
                                   'orderId', r.order_id, 'status', r.status, 'units', r.units, 'reason', r.reason,
                                   'createdAt', r.created_at, 'expiresAt', r.expires_at, 'endedAt', r.ended_at,
                                   'lines', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                                        'productId', l.product_id, 'warehouseId', l.warehouse_id,
                                                        'quantity', l.quantity)
                                                    ORDER BY l.product_id, l.warehouse_id), '[]')
                                             FROM inventory_reservation_lines l
                                             WHERE l.tenant_id = r.tenant_id AND l.order_id = r.order_id),
                                   'restocks', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                                           'id', s.id, 'units', s.units, 'reason', s.reason, 'createdAt', s.created_at,
                                                           'lines', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                                                                'productId', m.product_id,
                                                                                'quantity', m.available_change)
                                                                            ORDER BY m.id), '[]')
                                                                     FROM inventory_movements m
                                                                     WHERE m.tenant_id = s.tenant_id AND m.restock_id = s.id))
                                                       ORDER BY s.created_at, s.id), '[]')
                                                FROM inventory_restocks s
                                                WHERE s.tenant_id = r.tenant_id AND s.order_id = r.order_id))
                                   ORDER BY r.created_at, r.order_id), '[]')::text
                        FROM inventory_reservations r
                        WHERE r.tenant_id = :tenantId
                          AND (r.customer_id = :customerId::uuid OR r.order_id = ANY (:orderIds))
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("customerId", traces.customerId())
                .param("orderIds", Sql.uuidArray(traces.orderIds()))
                .query(String.class)
                .single());
        return new KeptRecords(List.of(new KeptRecord(
                "reservations", "Which goods were reserved for your orders, and which came back.", reservations)));
    }
}
