package org.cartulary.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** What a shop has ordered from its suppliers. Purchase orders never change. Thread-safe. */
final class PurchaseOrders {

    private static final String ORDER = """
            SELECT o.id, o.number, o.supplier_id, w.name AS warehouse, o.expected_on, o.ordered_at
            FROM inventory_purchase_orders o
            JOIN warehouses w ON w.tenant_id = o.tenant_id AND w.id = o.warehouse_id
            WHERE o.tenant_id = :tenant
            """;

    private final Database database;

    PurchaseOrders(Database database) {
        this.database = database;
    }

    /**
     * Writes down an order of goods.
     *
     * @throws ProblemException 404 {@code supplier-not-found} or {@code warehouse-not-found}; 409 {@code supplier-inactive}, {@code
     *     warehouse-inactive} or {@code purchase-order-exists}; 422 {@code below-minimum} if the supplier offers a product in greater
     *     quantities only
     */
    PurchaseOrderView place(PurchaseOrderDraft draft) {
        UUID id = Ids.next();
        return database.inTransaction(tx -> {
            if (!insert(tx, id, draft)) {
                throw reasonAgainst(tx, draft);
            }
            insertLines(tx, id, draft.lines());
            requireMinimum(tx, id, draft);
            return find(tx, id).orElseThrow();
        });
    }

    PurchaseOrderView find(UUID id) {
        return database.inReadTransaction(tx -> find(tx, id)).orElseThrow(PurchaseOrders::unknown);
    }

    /** Up to {@code limit} purchase orders before the given one, the newest first, of one supplier or of all. */
    List<PurchaseOrderView> list(@Nullable UUID supplierId, @Nullable UUID before, int limit) {
        return database.inReadTransaction(tx -> withLines(
                tx,
                tx.jdbc()
                        .sql(listing(supplierId != null, before != null))
                        .param("tenant", RequestContext.currentTenant())
                        .param("supplier", supplierId, Types.OTHER)
                        .param("before", before, Types.OTHER)
                        .param("limit", limit)
                        .query(PurchaseOrders::withoutLines)
                        .list()));
    }

    /** Without conditions that do not apply, so that an index answers it. */
    static String listing(boolean ofOneSupplier, boolean goesOn) {
        return ORDER
                + (ofOneSupplier ? "AND o.supplier_id = :supplier\n" : "")
                + (goesOn ? "AND o.id < :before\n" : "")
                + "ORDER BY o.id DESC LIMIT :limit";
    }

    /** Supplier and warehouse stay active until the order is written. */
    private static boolean insert(Transaction tx, UUID id, PurchaseOrderDraft draft) {
        return tx.jdbc()
                        .sql("""
                                WITH allowed AS (
                                    SELECT s.id AS supplier_id, w.id AS warehouse_id, s.lead_time_days
                                    FROM inventory_suppliers s, warehouses w
                                    WHERE s.tenant_id = :tenant AND s.id = :supplier AND s.active
                                      AND w.tenant_id = :tenant AND w.name = :warehouse AND w.active
                                    FOR SHARE
                                )
                                INSERT INTO inventory_purchase_orders (tenant_id, id, number, supplier_id, warehouse_id,
                                                                       expected_on)
                                SELECT :tenant, :id, :number, a.supplier_id, a.warehouse_id,
                                       coalesce(cast(:expectedOn AS date),
                                                (clock_timestamp() AT TIME ZONE 'UTC')::date + a.lead_time_days)
                                FROM allowed a
                                ON CONFLICT (tenant_id, number) DO NOTHING
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .param("number", draft.number().strip())
                        .param("supplier", draft.supplierId())
                        .param("warehouse", draft.warehouse().strip())
                        .param("expectedOn", draft.expectedOn(), Types.DATE)
                        .update()
                == 1;
    }

    private static void insertLines(Transaction tx, UUID id, List<PurchaseOrderDraft.Goods> lines) {
        tx.jdbc()
                .sql("""
                        INSERT INTO inventory_purchase_order_lines (tenant_id, purchase_order_id, product_id, quantity)
                        SELECT :tenant, :id, l.product_id, l.quantity
                        FROM unnest(:products, :quantities) AS l(product_id, quantity)
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .param("products", Sql.uuidArray(lines, PurchaseOrderDraft.Goods::productId))
                .param("quantities", Sql.intArray(lines, PurchaseOrderDraft.Goods::quantity))
                .update();
    }

    private static void requireMinimum(Transaction tx, UUID id, PurchaseOrderDraft draft) {
        tx.jdbc()
                .sql("""
                        SELECT format('the supplier takes orders of at least %s of product %s', p.minimum_quantity,
                                      l.product_id)
                        FROM inventory_purchase_order_lines l
                        JOIN inventory_supplier_products p ON p.tenant_id = l.tenant_id AND p.product_id = l.product_id
                        WHERE l.tenant_id = :tenant AND l.purchase_order_id = :id AND p.supplier_id = :supplier
                          AND l.quantity < p.minimum_quantity
                        ORDER BY l.product_id
                        LIMIT 1
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .param("supplier", draft.supplierId())
                .query(String.class)
                .optional()
                .ifPresent(detail -> {
                    throw ProblemException.unprocessable("below-minimum", detail)
                            .with("/lines", "below-minimum", detail);
                });
    }

    /** Says why nothing was inserted, as far as it can be seen now. */
    private static ProblemException reasonAgainst(Transaction tx, PurchaseOrderDraft draft) {
        String reason = tx.jdbc()
                .sql("""
                        SELECT CASE
                            WHEN NOT EXISTS (SELECT FROM inventory_suppliers
                                             WHERE tenant_id = :tenant AND id = :supplier) THEN 'NO_SUPPLIER'
                            WHEN NOT EXISTS (SELECT FROM inventory_suppliers
                                             WHERE tenant_id = :tenant AND id = :supplier AND active) THEN 'INACTIVE_SUPPLIER'
                            WHEN NOT EXISTS (SELECT FROM warehouses
                                             WHERE tenant_id = :tenant AND name = :warehouse) THEN 'NO_WAREHOUSE'
                            WHEN NOT EXISTS (SELECT FROM warehouses
                                             WHERE tenant_id = :tenant AND name = :warehouse AND active) THEN 'INACTIVE_WAREHOUSE'
                            ELSE 'EXISTS' END
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("supplier", draft.supplierId())
                .param("warehouse", draft.warehouse().strip())
                .query(String.class)
                .single();
        return switch (reason) {
            case "NO_SUPPLIER" -> Suppliers.unknown();
            case "INACTIVE_SUPPLIER" ->
                ProblemException.conflict("supplier-inactive", "nothing is ordered from this supplier");
            case "NO_WAREHOUSE" -> Warehouses.unknown();
            case "INACTIVE_WAREHOUSE" -> ActiveWarehouse.inactive();
            default -> exists(tx, draft);
        };
    }

    private static ProblemException exists(Transaction tx, PurchaseOrderDraft draft) {
        ProblemException problem = ProblemException.conflict(
                        "purchase-order-exists", "a purchase order has this number")
                .with("/number", "taken", "choose another number");
        tx.jdbc()
                .sql("SELECT id FROM inventory_purchase_orders WHERE tenant_id = :tenant AND number = :number")
                .param("tenant", RequestContext.currentTenant())
                .param("number", draft.number().strip())
                .query(UUID.class)
                .optional()
                .ifPresent(id -> problem.withProperty("purchaseOrderId", id));
        return problem;
    }

    private static Optional<PurchaseOrderView> find(Transaction tx, UUID id) {
        return withLines(
                        tx,
                        tx.jdbc()
                                .sql(ORDER + "AND o.id = :id")
                                .param("tenant", RequestContext.currentTenant())
                                .param("id", id)
                                .query(PurchaseOrders::withoutLines)
                                .list())
                .stream()
                .findFirst();
    }

    private static List<PurchaseOrderView> withLines(Transaction tx, List<PurchaseOrderView> orders) {
        Map<UUID, List<PurchaseOrderView.Line>> lines = new HashMap<>();
        orders.forEach(order -> lines.put(order.id(), new ArrayList<>()));
        tx.jdbc()
                .sql("""
                        SELECT purchase_order_id, product_id, quantity, received_quantity
                        FROM inventory_purchase_order_lines
                        WHERE tenant_id = :tenant AND purchase_order_id = ANY (:ids)
                        ORDER BY purchase_order_id, product_id
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("ids", Sql.uuidArray(lines.keySet()))
                .query(row -> {
                    lines.computeIfAbsent(row.getObject("purchase_order_id", UUID.class), id -> new ArrayList<>())
                            .add(new PurchaseOrderView.Line(
                                    row.getObject("product_id", UUID.class),
                                    row.getInt("quantity"),
                                    row.getInt("received_quantity")));
                });
        return orders.stream()
                .map(order -> new PurchaseOrderView(
                        order.id(),
                        order.number(),
                        order.supplierId(),
                        order.warehouse(),
                        order.expectedOn(),
                        order.orderedAt(),
                        lines.getOrDefault(order.id(), List.of())))
                .toList();
    }

    private static PurchaseOrderView withoutLines(ResultSet row, int number) throws SQLException {
        return new PurchaseOrderView(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getObject("supplier_id", UUID.class),
                row.getString("warehouse"),
                row.getObject("expected_on", LocalDate.class),
                row.getObject("ordered_at", OffsetDateTime.class).toInstant(),
                List.of());
    }

    static ProblemException unknown() {
        return ProblemException.notFound("purchase-order-not-found", "there is no such purchase order");
    }
}
