package org.cartulary.inventory;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.inventory.StockLow;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/**
 * Opens and closes alerts, of all shops, batch by batch in the order of the records. It locks no stock: what is sold meanwhile is seen by
 * the next walk. Thread-safe.
 */
final class LowStockStore {

    private final Database database;
    private final Outbox outbox;

    LowStockStore(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    /** A record of stock. */
    record Place(UUID tenantId, UUID productId, UUID warehouseId) {

        private static final UUID NIL = new UUID(0, 0);

        /** Before all others. */
        static final Place FIRST = new Place(NIL, NIL, NIL);
    }

    /**
     * What became of a batch.
     *
     * @param alerts how many were opened, or closed
     * @param last where it ended, {@code null} at the end of all records
     */
    record Batch(int alerts, @Nullable Place last) {}

    /** Looks at up to {@code limit} watched records after the place, and opens an alert for each that is low and has none. */
    Batch open(Place after, int limit) {
        return database.asWorker(tx -> {
            List<Watched> watched = watched(tx, after, limit);
            List<Opened> opened =
                    open(tx, watched.stream().filter(Watched::isUnalerted).toList());
            for (Opened alert : opened) {
                outbox.append(tx, alert.tenantId(), alert.event(), alert.event().alertId(), 1, Outbox.DEFAULT_PRIORITY);
            }
            return new Batch(
                    opened.size(),
                    watched.size() < limit ? null : watched.getLast().place());
        });
    }

    private record Watched(Place place, boolean isUnalerted) {}

    private record Opened(UUID tenantId, StockLow event) {}

    private static List<Watched> watched(Transaction tx, Place after, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT i.tenant_id, i.product_id, i.warehouse_id,
                               i.is_low AND NOT EXISTS (
                                   SELECT FROM inventory_alerts a
                                   WHERE a.tenant_id = i.tenant_id AND a.product_id = i.product_id
                                     AND a.warehouse_id = i.warehouse_id AND a.closed_at IS NULL) AS unalerted
                        FROM (
                            (SELECT o.tenant_id, o.product_id, o.warehouse_id,
                                    o.available_quantity <= o.reorder_point AS is_low
                             FROM inventory o
                             WHERE o.reorder_point > 0
                               AND (o.tenant_id, o.product_id, o.warehouse_id) > (:tenant, :product, :warehouse)
                             ORDER BY o.tenant_id, o.product_id, o.warehouse_id
                             LIMIT :limit)
                            UNION ALL
                            (SELECT g.tenant_id, g.product_id, s.warehouse_id,
                                    s.available_quantity <= c.reorder_point AS is_low
                             FROM inventory_category_products g
                             JOIN inventory_categories c
                                 ON c.tenant_id = g.tenant_id AND c.id = g.category_id AND c.reorder_point > 0
                             JOIN inventory s
                                 ON s.tenant_id = g.tenant_id AND s.product_id = g.product_id AND s.reorder_point = 0
                             WHERE (g.tenant_id, g.product_id) >= (:tenant, :product)
                               AND (g.tenant_id, g.product_id, s.warehouse_id) > (:tenant, :product, :warehouse)
                             ORDER BY g.tenant_id, g.product_id, s.warehouse_id
                             LIMIT :limit)
                        ) AS i
                        ORDER BY i.tenant_id, i.product_id, i.warehouse_id
                        LIMIT :limit
                        """)
                .param("tenant", after.tenantId())
                .param("product", after.productId())
                .param("warehouse", after.warehouseId())
                .param("limit", limit)
                .query((row, number) -> new Watched(
                        new Place(
                                row.getObject("tenant_id", UUID.class),
                                row.getObject("product_id", UUID.class),
                                row.getObject("warehouse_id", UUID.class)),
                        row.getBoolean("unalerted")))
                .list();
    }

    /** Whoever else opens the same alerts at this moment is waited for, and has opened them. */
    private static List<Opened> open(Transaction tx, List<Watched> low) {
        if (low.isEmpty()) {
            return List.of();
        }
        return tx.jdbc()
                .sql("""
                        INSERT INTO inventory_alerts (tenant_id, id, product_id, warehouse_id, available_quantity,
                                                      reorder_point, reorder_quantity)
                        SELECT i.tenant_id, low.id, i.product_id, i.warehouse_id, i.available_quantity,
                        """ + ReorderRules.POINT + ", " + ReorderRules.QUANTITY + """
                        FROM unnest(:ids, :tenants, :products, :warehouses)
                             AS low(id, tenant_id, product_id, warehouse_id)
                        JOIN inventory i ON i.tenant_id = low.tenant_id AND i.product_id = low.product_id
                                        AND i.warehouse_id = low.warehouse_id
                        """ + ReorderRules.JOIN + "WHERE "
                        + ReorderRules.LOW + """
                        ORDER BY i.tenant_id, i.product_id, i.warehouse_id
                        ON CONFLICT (tenant_id, product_id, warehouse_id) WHERE closed_at IS NULL DO NOTHING
                        RETURNING tenant_id, id, product_id, warehouse_id, available_quantity, reorder_point,
                                  reorder_quantity
                        """)
                .param("ids", Sql.uuidArray(low, record -> Ids.next()))
                .param("tenants", Sql.uuidArray(low, record -> record.place().tenantId()))
                .param("products", Sql.uuidArray(low, record -> record.place().productId()))
                .param("warehouses", Sql.uuidArray(low, record -> record.place().warehouseId()))
                .query((row, number) -> new Opened(
                        row.getObject("tenant_id", UUID.class),
                        new StockLow(
                                row.getObject("id", UUID.class),
                                row.getObject("product_id", UUID.class),
                                row.getObject("warehouse_id", UUID.class),
                                row.getInt("available_quantity"),
                                row.getInt("reorder_point"),
                                row.getInt("reorder_quantity"))))
                .list();
    }

    /** Looks at up to {@code limit} open alerts of records after the place, and closes those whose stock is not low any more. */
    Batch close(Place after, int limit) {
        return database.asWorker(tx -> tx.jdbc()
                .sql("""
                        WITH looked AS MATERIALIZED (
                            SELECT tenant_id, product_id, warehouse_id, id
                            FROM inventory_alerts
                            WHERE closed_at IS NULL
                              AND (tenant_id, product_id, warehouse_id) > (:tenant, :product, :warehouse)
                            ORDER BY tenant_id, product_id, warehouse_id
                            LIMIT :limit
                        ), closed AS (
                            UPDATE inventory_alerts a
                            SET closed_at = clock_timestamp()
                            FROM looked l
                            JOIN inventory i ON i.tenant_id = l.tenant_id AND i.product_id = l.product_id
                                            AND i.warehouse_id = l.warehouse_id
                        """ + ReorderRules.JOIN + """
                            WHERE a.tenant_id = l.tenant_id AND a.id = l.id AND a.closed_at IS NULL
                              AND NOT
                        """ + ReorderRules.LOW + """
                            RETURNING 1
                        )
                        SELECT tenant_id, product_id, warehouse_id, (SELECT count(*) FROM looked) AS looked,
                               (SELECT count(*) FROM closed) AS closed
                        FROM looked
                        ORDER BY tenant_id DESC, product_id DESC, warehouse_id DESC
                        LIMIT 1
                        """)
                .param("tenant", after.tenantId())
                .param("product", after.productId())
                .param("warehouse", after.warehouseId())
                .param("limit", limit)
                .query((row, number) -> new Batch(
                        row.getInt("closed"),
                        row.getInt("looked") < limit
                                ? null
                                : new Place(
                                        row.getObject("tenant_id", UUID.class),
                                        row.getObject("product_id", UUID.class),
                                        row.getObject("warehouse_id", UUID.class))))
                .optional()
                .orElse(new Batch(0, null)));
    }
}
