package org.cartulary.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.order.SentLine;
import org.cartulary.order.ShipmentStore.FollowedOrder;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;

/** Writes which units of orders will not be sent, each change as one call of a function of the database. Thread-safe. */
final class WithdrawalStore {

    /** What came of the attempt to withdraw units. */
    sealed interface Withdrawal {

        /** They will not be sent; {@code orderDelivered} where the order is delivered with that. */
        record Withdrawn(FollowedOrder order, boolean orderDelivered) implements Withdrawal {}

        /** Nothing is sent of an order in this state. */
        record NotSendable(String orderStatus) implements Withdrawal {}

        /** The order has no such line. */
        record NoSuchLine(UUID orderItemId) implements Withdrawal {}

        /** More units of a line than are neither packed nor withdrawn. */
        record MoreThanLeft(UUID orderItemId, int left) implements Withdrawal {}
    }

    /** Withdraws units; empty if there is no such order. */
    Optional<Withdrawal> withdraw(
            Transaction tx, UUID orderId, UUID withdrawalId, List<SentUnits> lines, String reason) {
        return tx.jdbc()
                .sql("""
                        SELECT * FROM withdraw_order_units(:tenantId, :orderId, :withdrawalId, :itemIds, :quantities, :reason)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("withdrawalId", withdrawalId)
                .param("itemIds", Sql.uuidArray(lines, SentUnits::orderItemId))
                .param("quantities", Sql.intArray(lines, SentUnits::quantity))
                .param("reason", reason)
                .query((row, number) -> withdrawal(orderId, row))
                .optional();
    }

    private static Withdrawal withdrawal(UUID orderId, ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return switch (outcome) {
            case "WITHDRAWN" ->
                new Withdrawal.Withdrawn(ShipmentStore.order(orderId, row), row.getBoolean("is_delivered_now"));
            case "NOT_SENDABLE" -> new Withdrawal.NotSendable(row.getString("status"));
            case "NO_SUCH_LINE" -> new Withdrawal.NoSuchLine(row.getObject("order_item_id", UUID.class));
            case "MORE_THAN_LEFT" ->
                new Withdrawal.MoreThanLeft(row.getObject("order_item_id", UUID.class), row.getInt("units"));
            default -> throw new IllegalStateException("withdraw_order_units answered " + outcome);
        };
    }

    /** What a decision is about, in the order of the lines. */
    List<SentLine> lines(Transaction tx, UUID withdrawalId) {
        return tx.jdbc()
                .sql("""
                        SELECT i.id, i.product_id, l.quantity
                        FROM order_withdrawal_items l
                        JOIN order_items i ON i.tenant_id = l.tenant_id AND i.id = l.order_item_id
                        WHERE l.tenant_id = :tenantId AND l.withdrawal_id = :withdrawalId
                        ORDER BY i.line_number
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("withdrawalId", withdrawalId)
                .query((row, number) -> ShipmentStore.line(row))
                .list();
    }
}
