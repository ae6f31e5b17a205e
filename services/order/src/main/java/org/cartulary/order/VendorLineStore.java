package org.cartulary.order;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Reads what vendors sold. Thread-safe. */
final class VendorLineStore {

    private static final String COLUMNS = """
            SELECT i.vendor_id, i.order_id, i.line_number, i.product_id, i.sku, i.name, i.quantity, i.packed_quantity,
                i.sent_quantity, i.withdrawn_quantity, i.unit_price,
                i.discount_amount, i.tax_amount, i.included_tax_amount, i.total_price, i.commission_basis_points, i.commission_amount, i.sold_at
            FROM order_items i
            """;

    private final Database database;

    VendorLineStore(Database database) {
        this.database = database;
    }

    /** Where a page begins: after the order that was placed then. */
    record Position(String soldAt, UUID orderId) {
        static final Position START = new Position("infinity", new UUID(-1, -1));
    }

    /** The vendor's lines of so many orders, newest first. */
    List<VendorLine> page(UUID vendorId, Position after, int orders) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        WITH page AS (
                            SELECT DISTINCT p.sold_at, p.order_id
                            FROM order_items p
                            WHERE p.tenant_id = :tenantId AND p.vendor_id = :vendorId
                              AND (p.sold_at, p.order_id) < (cast(:soldAt AS timestamptz), :orderId)
                            ORDER BY p.sold_at DESC, p.order_id DESC
                            LIMIT :orders
                        )
                        """ + COLUMNS + """
                        JOIN page ON page.order_id = i.order_id
                        WHERE i.tenant_id = :tenantId AND i.vendor_id = :vendorId
                        ORDER BY page.sold_at DESC, page.order_id DESC, i.line_number
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("vendorId", vendorId)
                .param("soldAt", after.soldAt())
                .param("orderId", after.orderId())
                .param("orders", orders)
                .query((row, number) -> line(row))
                .list());
    }

    /** The vendor's lines of an order. */
    List<VendorLine> ofOrder(UUID vendorId, UUID orderId) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(COLUMNS + """
                        WHERE i.tenant_id = :tenantId AND i.order_id = :orderId AND i.vendor_id = :vendorId
                        ORDER BY i.line_number
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("vendorId", vendorId)
                .query((row, number) -> line(row))
                .list());
    }

    /** What was sold from then until then, at most so many lines; by all vendors where none is named. */
    List<VendorLine> sold(@Nullable UUID vendorId, Instant from, Instant until, int limit) {
        return database.inReadTransaction(tx -> {
            var statement = tx.jdbc()
                    .sql(COLUMNS + "WHERE i.tenant_id = :tenantId AND i.sold_at >= :from AND i.sold_at < :until AND "
                            + (vendorId == null ? "i.vendor_id IS NOT NULL" : "i.vendor_id = :vendorId")
                            + " LIMIT :limit")
                    .param("tenantId", RequestContext.currentTenant())
                    .param("from", Sql.timestamp(from))
                    .param("until", Sql.timestamp(until))
                    .param("limit", limit);
            if (vendorId != null) {
                statement = statement.param("vendorId", vendorId);
            }
            return statement.query((row, number) -> line(row)).list();
        });
    }

    /**
     * What the lines' shares are reckoned from, by order. The platform itself looks: a vendor, who has shown its lines of these
     * orders, sees no order.
     */
    Map<UUID, SoldOrder> ordersOf(Collection<VendorLine> lines) {
        List<UUID> ids = lines.stream().map(VendorLine::orderId).distinct().toList();
        return RequestContext.current()
                .asSystem()
                .supply(() -> database.inReadTransaction(tx -> orders(tx, ids)))
                .stream()
                .collect(Collectors.toMap(SoldOrder::id, Function.identity()));
    }

    private static List<SoldOrder> orders(Transaction tx, List<UUID> ids) {
        return tx.jdbc()
                .sql("""
                        SELECT o.id, o.order_number, o.status, o.currency, o.refunded_amount, o.total_amount,
                            CASE WHEN o.refunded_amount > 0 THEN ARRAY(
                                SELECT i.total_price - i.discount_amount + i.tax_amount FROM order_items i
                                WHERE i.tenant_id = o.tenant_id AND i.order_id = o.id
                                ORDER BY i.line_number) ELSE '{}' END AS paid_by_line
                        FROM orders o
                        WHERE o.tenant_id = :tenantId AND o.id = ANY (:ids)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("ids", Sql.uuidArray(ids))
                .query((row, number) -> order(row))
                .list();
    }

    private static SoldOrder order(ResultSet row) throws SQLException {
        return new SoldOrder(
                row.getObject("id", UUID.class),
                row.getString("order_number"),
                row.getString("status"),
                Money.currencyOf(row.getString("currency")),
                row.getBigDecimal("refunded_amount"),
                row.getBigDecimal("total_amount"),
                Arrays.asList((BigDecimal[]) row.getArray("paid_by_line").getArray()));
    }

    private static VendorLine line(ResultSet row) throws SQLException {
        return new VendorLine(
                row.getObject("vendor_id", UUID.class),
                row.getObject("order_id", UUID.class),
                row.getInt("line_number"),
                row.getObject("product_id", UUID.class),
                row.getString("sku"),
                row.getString("name"),
                row.getInt("quantity"),
                row.getInt("packed_quantity"),
                row.getInt("sent_quantity"),
                row.getInt("withdrawn_quantity"),
                row.getBigDecimal("unit_price"),
                row.getBigDecimal("discount_amount"),
                row.getBigDecimal("tax_amount"),
                row.getBigDecimal("included_tax_amount"),
                row.getBigDecimal("total_price"),
                row.getInt("commission_basis_points"),
                row.getBigDecimal("commission_amount"),
                OrderStore.instant(row, "sold_at"));
    }
}
