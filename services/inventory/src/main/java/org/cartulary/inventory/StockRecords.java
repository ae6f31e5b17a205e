package org.cartulary.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** What staff does to the stock, and reads of it. */
final class StockRecords {

    private final Database database;

    StockRecords(Database database) {
        this.database = database;
    }

    /** Units of a product that have arrived under the number of a receipt. */
    record Receipt(UUID productId, int quantity, String reference) {}

    /** What became of a receipt, and how much of its product is available now. */
    record Received(String reference, boolean received, long available) {}

    /** What became of an adjustment, and what there is now; {@code movementId} is 0 where nothing changed. */
    record Adjusted(boolean adjusted, long movementId, int available, int reserved) {}

    /**
     * A product's stock in a warehouse.
     *
     * @param category the code of the inventory category that the product is in, if it is in one
     * @param reorderPoint that of the category where the stock has none of its own; 0 for never
     * @param reorderQuantity how many units should then be ordered
     */
    record Stock(
            UUID productId,
            UUID warehouseId,
            String warehouse,
            @Nullable String category,
            int available,
            int reserved,
            int total,
            int reorderPoint,
            int reorderQuantity,
            long version) {

        static Stock read(ResultSet row, int number) throws SQLException {
            return new Stock(
                    row.getObject("product_id", UUID.class),
                    row.getObject("warehouse_id", UUID.class),
                    row.getString("name"),
                    row.getString("category"),
                    row.getInt("available_quantity"),
                    row.getInt("reserved_quantity"),
                    row.getInt("total_quantity"),
                    row.getInt("reorder_point"),
                    row.getInt("reorder_quantity"),
                    row.getLong("version"));
        }
    }

    /**
     * Which records are asked for; {@code null} means all.
     *
     * @param warehouse its name
     * @param category the code of an inventory category
     * @param low whether only those are, whose available units are not above their reorder point
     */
    record Wanted(
            @Nullable UUID productId,
            @Nullable String warehouse,
            @Nullable String category,
            boolean low) {}

    /** A row of the ledger. */
    record Movement(
            long id,
            String warehouse,
            String type,
            int availableChange,
            int reservedChange,
            String referenceType,
            @Nullable UUID orderId,
            @Nullable String receipt,
            @Nullable String reasonCode,
            @Nullable String reason,
            String actorKind,
            @Nullable UUID actorId,
            Instant createdAt) {

        static Movement read(ResultSet row, int number) throws SQLException {
            return new Movement(
                    row.getLong("id"),
                    row.getString("warehouse"),
                    row.getString("movement_type"),
                    row.getInt("available_change"),
                    row.getInt("reserved_change"),
                    row.getString("reference_type"),
                    row.getObject("reference_id", UUID.class),
                    row.getString("reference"),
                    row.getString("reason_code"),
                    row.getString("reason"),
                    row.getString("actor_kind"),
                    row.getObject("actor_id", UUID.class),
                    row.getObject("created_at", OffsetDateTime.class).toInstant());
        }
    }

    /** Receives each reference once, ever; the references differ. Answers in the order of the receipts. */
    List<Received> receive(@Nullable String warehouse, List<Receipt> receipts) {
        return ActiveWarehouse.required(() -> CountableStock.within(() -> database.inTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT reference, received, available
                        FROM receive_stock(cast(:warehouse AS text), :newWarehouseId, :references, :productIds,
                                           :quantities, :newIds)
                        """)
                .param("warehouse", warehouse, Types.VARCHAR)
                .param("newWarehouseId", Ids.next())
                .param("references", Sql.textArray(receipts, Receipt::reference))
                .param("productIds", Sql.uuidArray(receipts, Receipt::productId))
                .param("quantities", Sql.intArray(receipts, Receipt::quantity))
                .param("newIds", Sql.uuidArray(receipts, receipt -> Ids.next()))
                .query((row, number) ->
                        new Received(row.getString("reference"), row.getBoolean("received"), row.getLong("available")))
                .list())));
    }

    /**
     * Changes the available units by hand, unless fewer than none would be left.
     *
     * @throws ProblemException 404 {@code warehouse-not-found} if none has the name; 409 {@code warehouse-inactive} if units would come
     *     into one that takes none
     */
    Adjusted adjust(
            Transaction tx,
            UUID productId,
            @Nullable String warehouse,
            int change,
            AdjustmentReason code,
            @Nullable String words) {
        return ActiveWarehouse.required(() -> CountableStock.within(() -> tx.jdbc()
                .sql("""
                        SELECT adjusted, coalesce(movement_id, 0) AS movement_id, available, reserved
                        FROM adjust_stock(:productId, cast(:warehouse AS text), :change, :code, cast(:words AS text),
                                          :newWarehouseId, :newId)
                        """)
                .param("productId", productId)
                .param("warehouse", warehouse, Types.VARCHAR)
                .param("change", change)
                .param("code", code.name())
                .param("words", words, Types.VARCHAR)
                .param("newWarehouseId", Ids.next())
                .param("newId", Ids.next())
                .query((row, number) -> new Adjusted(
                        row.getBoolean("adjusted"),
                        row.getLong("movement_id"),
                        row.getInt("available"),
                        row.getInt("reserved")))
                .optional()
                .orElseThrow(() -> Warehouses.unknown().with("/warehouse", "unknown", "no warehouse has this name"))));
    }

    /** Up to {@code limit} of the records after the given product and warehouse, in their order. */
    List<Stock> list(Wanted wanted, @Nullable UUID afterProduct, @Nullable UUID afterWarehouse, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT i.product_id, i.warehouse_id, w.name, c.code AS category, i.available_quantity,
                               i.reserved_quantity, i.total_quantity, i.version,
                        """ + ReorderRules.POINT + "AS reorder_point, " + ReorderRules.QUANTITY + """
                               AS reorder_quantity
                        FROM inventory i
                        JOIN warehouses w ON w.tenant_id = i.tenant_id AND w.id = i.warehouse_id
                        """ + ReorderRules.JOIN
                        + """
                        WHERE i.tenant_id = :tenant
                          AND (cast(:productId AS uuid) IS NULL OR i.product_id = :productId)
                          AND (cast(:warehouse AS text) IS NULL OR w.name = :warehouse)
                          AND (cast(:category AS text) IS NULL OR c.code = :category)
                          AND (cast(:afterProduct AS uuid) IS NULL
                               OR (i.product_id, i.warehouse_id) > (:afterProduct, :afterWarehouse))
                        """ + (wanted.low() ? "AND " + ReorderRules.AMONG_LOW : "") + """
                        ORDER BY i.product_id, i.warehouse_id
                        LIMIT :limit
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("productId", wanted.productId(), Types.OTHER)
                .param("warehouse", wanted.warehouse(), Types.VARCHAR)
                .param("category", wanted.category(), Types.VARCHAR)
                .param("afterProduct", afterProduct, Types.OTHER)
                .param("afterWarehouse", afterWarehouse, Types.OTHER)
                .param("limit", limit)
                .query(Stock::read)
                .list());
    }

    /** Up to {@code limit} movements of a product before the given one, the newest first. */
    List<Movement> movements(UUID productId, Optional<Long> before, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT m.*, w.name AS warehouse
                        FROM inventory_movements m
                        JOIN warehouses w ON w.tenant_id = m.tenant_id AND w.id = m.warehouse_id
                        WHERE m.tenant_id = :tenant AND m.product_id = :productId AND m.id < :before
                        ORDER BY m.id DESC
                        LIMIT :limit
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("productId", productId)
                .param("before", before.orElse(Long.MAX_VALUE))
                .param("limit", limit)
                .query(Movement::read)
                .list());
    }
}
