package org.cartulary.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.order.EarlierOrders;
import org.cartulary.contracts.order.FindEarlierOrders;
import org.cartulary.contracts.order.OrderFact;
import org.cartulary.contracts.order.OrderSummary;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.http.ProblemException;
import org.jspecify.annotations.Nullable;

/** Orders as other services see them. Thread-safe. */
final class OrderFacts {

    private static final int MAX_FACTS = 10_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;

    OrderFacts(Database database) {
        this.database = database;
    }

    @Nullable OrderSummary find(UUID orderId) {
        return database.inReadTransaction(tx -> tx.jdbc()
                        .sql("""
                        SELECT id, order_number, status, customer_id, guest_id, total_amount, currency, placed_at
                        FROM orders
                        WHERE tenant_id = :tenantId AND id = :orderId
                        """)
                        .param("tenantId", RequestContext.currentTenant())
                        .param("orderId", orderId)
                        .query((row, number) -> summary(row))
                        .optional())
                .orElse(null);
    }

    /** Whether the customer has ordered before. As the platform, which sees all orders of a customer in any case. */
    EarlierOrders earlier(FindEarlierOrders query) {
        return RequestContext.current()
                .asSystem()
                .supply(() -> database.inReadTransaction(tx -> tx.jdbc()
                        .sql("""
                        SELECT EXISTS (
                            SELECT FROM orders
                            WHERE tenant_id = :tenantId AND customer_id = :customerId AND status <> 'CANCELLED') AS has_ordered
                        """)
                        .param("tenantId", RequestContext.currentTenant())
                        .param("customerId", query.customerId())
                        .query((row, number) -> new EarlierOrders(row.getBoolean("has_ordered")))
                        .single()));
    }

    FactPage<OrderFact> after(FactsAfter query) {
        if (query.limit() < 1 || query.limit() > MAX_FACTS) {
            throw ProblemException.unprocessable("invalid-limit", "limit is from 1 to " + MAX_FACTS);
        }
        List<OrderFact> facts = database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT o.tenant_id, o.id, o.order_number, o.status, o.total_amount, o.currency, o.unit_count,
                            o.payment_id, o.refunded_amount, o.discount_amount,
                            CASE WHEN o.status = 'CANCELLED' THEN EXISTS (
                                SELECT FROM saga_instances s
                                WHERE s.tenant_id = o.tenant_id AND s.saga_type = 'cancel-order'
                                  AND s.status = 'started'
                                  AND s.saga_data ->> 'orderId' = o.id::text) ELSE false END AS is_being_undone
                        FROM orders o
                        WHERE (o.tenant_id, o.id) > (:tenantId, :orderId)
                        ORDER BY o.tenant_id, o.id
                        LIMIT :limit
                        """)
                .param("tenantId", Objects.requireNonNullElse(query.tenantId(), BEFORE_ALL))
                .param("orderId", Objects.requireNonNullElse(query.orderId(), BEFORE_ALL))
                .param("limit", query.limit())
                .query((row, number) -> fact(row))
                .list());
        return new FactPage<>(facts);
    }

    private static OrderSummary summary(ResultSet row) throws SQLException {
        return new OrderSummary(
                row.getObject("id", UUID.class),
                row.getString("order_number"),
                row.getString("status"),
                row.getObject("customer_id", UUID.class),
                row.getObject("guest_id", UUID.class),
                OrderStore.money(row, "total_amount"),
                OrderStore.instant(row, "placed_at"));
    }

    private static OrderFact fact(ResultSet row) throws SQLException {
        return new OrderFact(
                row.getObject("tenant_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getString("order_number"),
                row.getString("status"),
                OrderStore.money(row, "total_amount"),
                row.getLong("unit_count"),
                row.getObject("payment_id", UUID.class),
                OrderStore.money(row, "refunded_amount"),
                OrderStore.money(row, "discount_amount"),
                row.getBoolean("is_being_undone"));
    }
}
