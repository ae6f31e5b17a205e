package org.cartulary.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** The alerts of low stock as staff sees them. Thread-safe. */
final class StockAlerts {

    private static final String ALERT = """
            SELECT a.id, a.product_id, a.warehouse_id, w.name, a.available_quantity, a.reorder_point, a.reorder_quantity,
                   a.opened_at, a.acknowledged_at, a.acknowledged_by, a.closed_at
            FROM inventory_alerts a
            JOIN warehouses w ON w.tenant_id = a.tenant_id AND w.id = a.warehouse_id
            WHERE a.tenant_id = :tenant
            """;

    private final Database database;

    StockAlerts(Database database) {
        this.database = database;
    }

    /**
     * Stock that fell to its reorder point.
     *
     * @param available units when it was seen
     * @param acknowledgedBy who took it on, first
     * @param closedAt when there was more again, {@code null} while it is open
     */
    record Alert(
            UUID id,
            UUID productId,
            UUID warehouseId,
            String warehouse,
            int available,
            int reorderPoint,
            int reorderQuantity,
            Instant openedAt,
            @Nullable Instant acknowledgedAt,
            @Nullable UUID acknowledgedBy,
            @Nullable Instant closedAt) {

        static Alert read(ResultSet row, int number) throws SQLException {
            return new Alert(
                    row.getObject("id", UUID.class),
                    row.getObject("product_id", UUID.class),
                    row.getObject("warehouse_id", UUID.class),
                    row.getString("name"),
                    row.getInt("available_quantity"),
                    row.getInt("reorder_point"),
                    row.getInt("reorder_quantity"),
                    row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                    instant(row, "acknowledged_at"),
                    row.getObject("acknowledged_by", UUID.class),
                    instant(row, "closed_at"));
        }

        private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
    }

    /** Up to {@code limit} alerts that were opened before the given one, the newest first; the closed ones too if asked for. */
    List<Alert> list(boolean closed, @Nullable UUID before, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(ALERT + (closed ? "" : "AND a.closed_at IS NULL\n") + """
                        AND (cast(:before AS uuid) IS NULL OR a.id < :before)
                        ORDER BY a.id DESC
                        LIMIT :limit
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("before", before, Types.OTHER)
                .param("limit", limit)
                .query(Alert::read)
                .list());
    }

    /** Takes an alert on; whoever did so first stays named. 404 {@code stock-alert-not-found} where there is none. */
    Alert acknowledge(UUID id) {
        return database.inTransaction(tx -> {
            tx.jdbc()
                    .sql("""
                            UPDATE inventory_alerts
                            SET acknowledged_at = clock_timestamp(), acknowledged_by = cast(:by AS uuid)
                            WHERE tenant_id = :tenant AND id = :id AND acknowledged_at IS NULL
                            """)
                    .param("tenant", RequestContext.currentTenant())
                    .param("id", id)
                    .param("by", RequestContext.current().principal().id(), Types.OTHER)
                    .update();
            return tx.jdbc()
                    .sql(ALERT + "AND a.id = :id")
                    .param("tenant", RequestContext.currentTenant())
                    .param("id", id)
                    .query(Alert::read)
                    .optional()
                    .orElseThrow(() -> ProblemException.notFound("stock-alert-not-found", "there is no such alert"));
        });
    }
}
