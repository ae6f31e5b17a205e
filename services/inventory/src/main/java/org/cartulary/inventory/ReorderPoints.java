package org.cartulary.inventory;

import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;

/** At how many units more of a product should be ordered for a warehouse. Thread-safe. */
final class ReorderPoints {

    private final Database database;

    ReorderPoints(Database database) {
        this.database = database;
    }

    /**
     * When and how much should be ordered.
     *
     * @param reorderPoint at how many available units, 0 for never
     * @param reorderQuantity how many units should then be ordered
     * @param version counts the changes of the two, not those of the stock
     */
    record ReorderPoint(UUID productId, UUID warehouseId, int reorderPoint, int reorderQuantity, long version) {}

    /** The reorder point, or 404 {@code stock-not-found}. */
    ReorderPoint find(UUID productId, UUID warehouseId) {
        return database.inReadTransaction(tx -> find(tx, productId, warehouseId))
                .orElseThrow(ReorderPoints::unknown);
    }

    /**
     * Sets the reorder point of a product that was received in the warehouse.
     *
     * @throws ProblemException 404 {@code stock-not-found}; 412 {@code precondition-failed} if it has another version
     */
    ReorderPoint set(UUID productId, UUID warehouseId, long version, int reorderPoint, int reorderQuantity) {
        return database.inTransaction(tx -> {
            int set = tx.jdbc()
                    .sql("""
                            UPDATE inventory
                            SET reorder_point = :point, reorder_quantity = :quantity,
                                reorder_version = reorder_version + 1, updated_at = clock_timestamp()
                            WHERE tenant_id = :tenant AND product_id = :product AND warehouse_id = :warehouse
                              AND reorder_version = :version
                            """)
                    .param("tenant", RequestContext.currentTenant())
                    .param("product", productId)
                    .param("warehouse", warehouseId)
                    .param("version", version)
                    .param("point", reorderPoint)
                    .param("quantity", reorderQuantity)
                    .update();
            Optional<ReorderPoint> now = find(tx, productId, warehouseId);
            if (set == 0) {
                throw now.isPresent() ? ETags.stale() : unknown();
            }
            return now.orElseThrow();
        });
    }

    private static Optional<ReorderPoint> find(Transaction tx, UUID productId, UUID warehouseId) {
        return tx.jdbc()
                .sql("""
                        SELECT product_id, warehouse_id, reorder_point, reorder_quantity, reorder_version
                        FROM inventory
                        WHERE tenant_id = :tenant AND product_id = :product AND warehouse_id = :warehouse
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("product", productId)
                .param("warehouse", warehouseId)
                .query((row, number) -> new ReorderPoint(
                        row.getObject("product_id", UUID.class),
                        row.getObject("warehouse_id", UUID.class),
                        row.getInt("reorder_point"),
                        row.getInt("reorder_quantity"),
                        row.getLong("reorder_version")))
                .optional();
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("stock-not-found", "this product was never received in this warehouse");
    }
}
