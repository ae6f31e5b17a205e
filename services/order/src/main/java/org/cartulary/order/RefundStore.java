package org.cartulary.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Writes refunds of orders, each change as one call of a function of the database. Thread-safe. */
final class RefundStore {

    /**
     * A refund that is to begin.
     *
     * @param amount {@code null} for all that is left
     * @param reason a code
     * @param wordsSealed what whoever asked for it wrote, sealed; not kept of an order whose buyer was forgotten
     */
    record NewRefund(
            UUID id,
            UUID orderId,
            @Nullable Money amount,
            String reason,
            @Nullable String wordsSealed,
            List<StockLine> restock) {}

    /** What came of the attempt to begin a refund. */
    sealed interface Start {

        /** The amount, and what is to be restocked, is claimed. */
        record Started(Money amount) implements Start {}

        /** The order is not in a state in which money is given back. */
        record NotRefundable(String status) implements Start {}

        /** The order is in another currency. */
        record OtherCurrency(String currency) implements Start {}

        /** More than is left, which may be nothing. */
        record TooMuch(Money left) implements Start {}

        /** Some of the units lie in parcels that wait; so many do not. */
        record InParcels(UUID productId, long left) implements Start {}

        /** More units of a product than were sold and did not come back before. */
        record MoreThanSold(UUID productId, long left) implements Start {}
    }

    /**
     * An order after one more refund was completed.
     *
     * @param afterWithdrawal after that, where the refund has withdrawn units, which will not be sent now
     * @param orderDelivered whether it is delivered with that
     */
    record Recorded(
            long version,
            Money refundedInTotal,
            ShipmentStore.@Nullable FollowedOrder afterWithdrawal,
            boolean orderDelivered) {}

    /** Begins a refund; empty if there is no such order. */
    Optional<Start> start(Transaction tx, NewRefund refund) {
        Money amount = refund.amount();
        List<StockLine> restock = refund.restock();
        return tx.jdbc()
                .sql("""
                        SELECT * FROM start_order_refund(:tenantId, :refundId, :orderId, :amount::numeric, :currency::text,
                            :reason, :itemIds, :productIds, :quantities, :wordsSealed)
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("refundId", refund.id())
                .param("orderId", refund.orderId())
                .param("amount", amount == null ? null : amount.amount())
                .param("currency", amount == null ? null : amount.currencyCode())
                .param("reason", refund.reason())
                .param("wordsSealed", refund.wordsSealed())
                .param("itemIds", Sql.uuidArray(restock, line -> Ids.next()))
                .param("productIds", Sql.uuidArray(restock, StockLine::productId))
                .param("quantities", Sql.intArray(restock, StockLine::quantity))
                .query((row, number) -> start(row))
                .optional();
    }

    private static Start start(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return switch (outcome) {
            case "STARTED" -> new Start.Started(OrderStore.money(row, "amount"));
            case "NOT_REFUNDABLE" -> new Start.NotRefundable(row.getString("status"));
            case "OTHER_CURRENCY" -> new Start.OtherCurrency(row.getString("currency"));
            case "TOO_MUCH" -> new Start.TooMuch(OrderStore.money(row, "amount"));
            case "IN_PARCELS" -> new Start.InParcels(row.getObject("product_id", UUID.class), row.getLong("units"));
            case "MORE_THAN_SOLD" ->
                new Start.MoreThanSold(row.getObject("product_id", UUID.class), row.getLong("units"));
            default -> throw new IllegalStateException("start_order_refund answered " + outcome);
        };
    }

    /** Records that the money was given back; empty if that is recorded already, or there is no such order. */
    Optional<Recorded> record(
            Transaction tx, UUID orderId, UUID refundId, Money amount, String paymentStatus, String reason) {
        return tx.jdbc()
                .sql(
                        "SELECT * FROM record_order_refund(:tenantId, :orderId, :refundId, :amount, :paymentStatus, :reason)")
                .param("tenantId", RequestContext.currentTenant())
                .param("orderId", orderId)
                .param("refundId", refundId)
                .param("amount", amount.amount())
                .param("paymentStatus", paymentStatus)
                .param("reason", reason)
                .query((row, number) -> recorded(orderId, row))
                .optional();
    }

    private static Recorded recorded(UUID orderId, ResultSet row) throws SQLException {
        String followed = row.getString("followed_status");
        return new Recorded(
                row.getLong("version"),
                OrderStore.money(row, "refunded_amount"),
                followed == null
                        ? null
                        : new ShipmentStore.FollowedOrder(
                                orderId,
                                followed,
                                row.getLong("followed_version"),
                                row.getString("order_number"),
                                row.getObject("customer_id", UUID.class)),
                row.getBoolean("is_delivered_now"));
    }

    /** The status of the payment behind a refund that was given; empty if nobody knows that it was. */
    Optional<String> paymentStatus(Transaction tx, UUID refundId) {
        return tx.jdbc()
                .sql("""
                        SELECT o.payment_status
                        FROM order_refunds r
                        JOIN orders o ON o.tenant_id = r.tenant_id AND o.id = r.order_id
                        WHERE r.tenant_id = :tenantId AND r.id = :refundId AND r.status = 'COMPLETED'
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("refundId", refundId)
                .query(String.class)
                .optional();
    }

    /** Notes what became of the goods. */
    void noteRestock(Transaction tx, UUID refundId, String restockStatus) {
        int updated = tx.jdbc()
                .sql("""
                        UPDATE order_refunds
                        SET restock_status = :restockStatus
                        WHERE tenant_id = :tenantId AND id = :refundId AND restock_status = 'PENDING'
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("refundId", refundId)
                .param("restockStatus", restockStatus)
                .update();
        if (updated != 1) {
            throw new IllegalStateException("the refund " + refundId + " has nothing to restock");
        }
    }

    /** Gives up the claims of a refund that was refused, unless an event said meanwhile that it was given after all. */
    void refuse(Transaction tx, UUID refundId, String code) {
        tx.jdbc()
                .sql("SELECT refuse_order_refund(:tenantId, :refundId, :code)")
                .param("tenantId", RequestContext.currentTenant())
                .param("refundId", refundId)
                .param("code", code)
                .query((row, number) -> refundId)
                .single();
    }
}
