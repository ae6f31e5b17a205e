package org.cartulary.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.inventory.Availability;
import org.cartulary.contracts.inventory.ReservationFact;
import org.cartulary.contracts.inventory.ReserveStock;
import org.cartulary.contracts.inventory.RestockOrder;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.jspecify.annotations.Nullable;

/** What orders do to the stock, one round trip each. */
final class StockStore {

    /** Sorts before all others. */
    private static final UUID FIRST = new UUID(0, 0);

    private final Database database;
    private final CoalescedStock coalesced;

    StockStore(Database database) {
        this.database = database;
        this.coalesced = new CoalescedStock(database);
    }

    /** A row of the answer of {@code reserve_orders} to one of its calls, which are numbered from 1. */
    record ReserveRow(
            int call,
            String outcome,
            @Nullable OffsetDateTime expiresAt,
            @Nullable UUID productId,
            int requested,
            int available) {

        static ReserveRow read(ResultSet row, int number) throws SQLException {
            return new ReserveRow(
                    row.getInt("call"),
                    row.getString("outcome"),
                    row.getObject("expires_at", OffsetDateTime.class),
                    row.getObject("product_id", UUID.class),
                    row.getInt("requested"),
                    row.getInt("available"));
        }
    }

    List<ReserveRow> reserve(ReserveStock command) {
        return coalesced.reserve(command);
    }

    /** CONFIRMED, or the status that the reservation has instead, or NONE. */
    String confirm(UUID orderId) {
        return coalesced.confirm(orderId);
    }

    /** RELEASED or NOTHING_HELD. */
    String release(UUID orderId, String reason) {
        return CountableStock.within(() -> database.inTransaction(tx -> tx.jdbc()
                .sql("SELECT release_reservation(:orderId, :reason)")
                .param("orderId", orderId)
                .param("reason", reason)
                .query(String.class)
                .single()));
    }

    /** The answer of {@code restock_order}. */
    record RestockRow(
            String outcome,
            @Nullable String status,
            @Nullable UUID productId,
            int requested,
            int sold) {}

    RestockRow restock(RestockOrder command, String reason) {
        return CountableStock.within(() -> database.inTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT outcome, status, product_id, requested, sold
                        FROM restock_order(:restockId, :orderId, :productIds, :quantities, :reason)
                        """)
                .param("restockId", command.restockId())
                .param("orderId", command.orderId())
                .param("productIds", Sql.uuidArray(command.lines(), StockLine::productId))
                .param("quantities", Sql.intArray(command.lines(), StockLine::quantity))
                .param("reason", reason)
                .query((row, number) -> new RestockRow(
                        row.getString("outcome"),
                        row.getString("status"),
                        row.getObject("product_id", UUID.class),
                        row.getInt("requested"),
                        row.getInt("sold")))
                .single()));
    }

    /** Expires up to {@code limit} overdue reservations of all tenants and returns how many they were. */
    int expire(int limit) {
        return database.asWorker(tx -> tx.jdbc()
                .sql("SELECT expire_reservations(:limit)")
                .param("limit", limit)
                .query(Integer.class)
                .single());
    }

    /** How much there is of each product, each once. */
    List<Availability> availability(List<UUID> productIds) {
        return coalesced.availability(productIds);
    }

    List<ReservationFact> facts(FactsAfter query) {
        UUID tenantId = query.tenantId();
        UUID orderId = query.orderId();
        return database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT tenant_id, order_id, status, units
                        FROM inventory_reservations
                        WHERE (tenant_id, order_id) > (:tenantId, :orderId)
                        ORDER BY tenant_id, order_id
                        LIMIT :limit
                        """)
                .param("tenantId", tenantId == null ? FIRST : tenantId)
                .param("orderId", orderId == null ? FIRST : orderId)
                .param("limit", query.limit())
                .query((row, number) -> new ReservationFact(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("order_id", UUID.class),
                        row.getString("status"),
                        row.getLong("units")))
                .list());
    }
}
