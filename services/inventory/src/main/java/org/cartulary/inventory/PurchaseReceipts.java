package org.cartulary.inventory;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.inventory.StockRecords.Receipt;
import org.cartulary.inventory.StockRecords.Received;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

/** Receives what was ordered: stock, ledger and purchase order change together. Thread-safe. */
final class PurchaseReceipts {

    /** What {@code receive_purchase} raises. */
    private static final String UNKNOWN_ORDER = "CRT03";

    private static final String NOT_ORDERED = "CRT04";

    private final Database database;

    PurchaseReceipts(Database database) {
        this.database = database;
    }

    /**
     * Receives deliveries of a purchase order into its warehouse, each reference once, ever, all of them or none.
     *
     * @param acceptSurplus whether more may come than was ordered
     * @throws ProblemException 404 {@code purchase-order-not-found}; 409 {@code more-than-ordered} or {@code warehouse-inactive}; 422
     *     {@code product-not-ordered} or {@code stock-too-great}
     */
    List<Received> receive(UUID purchaseOrderId, List<Receipt> receipts, boolean acceptSurplus) {
        return ActiveWarehouse.required(() ->
                CountableStock.within(() -> expected(() -> database.inTransaction(tx -> tx.jdbc()
                        .sql("""
                                SELECT reference, received, available
                                FROM receive_purchase(:order, :references, :products, :quantities, :acceptSurplus, :newIds)
                                """)
                        .param("order", purchaseOrderId)
                        .param("references", Sql.textArray(receipts, Receipt::reference))
                        .param("products", Sql.uuidArray(receipts, Receipt::productId))
                        .param("quantities", Sql.intArray(receipts, Receipt::quantity))
                        .param("acceptSurplus", acceptSurplus)
                        .param("newIds", Sql.uuidArray(receipts, receipt -> Ids.next()))
                        .query((row, number) -> new Received(
                                row.getString("reference"), row.getBoolean("received"), row.getLong("available")))
                        .list()))));
    }

    private static <T> T expected(Supplier<T> receipt) {
        try {
            return receipt.get();
        } catch (DataAccessException e) {
            if (!(NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException cause)) {
                throw e;
            }
            if (UNKNOWN_ORDER.equals(cause.getSQLState())) {
                throw PurchaseOrders.unknown();
            }
            if (NOT_ORDERED.equals(cause.getSQLState())) {
                throw ProblemException.unprocessable(
                        "product-not-ordered", "a product of the delivery is not in the purchase order");
            }
            if (String.valueOf(cause.getMessage()).contains("chk_inventory_purchase_order_lines_surplus")) {
                throw ProblemException.conflict(
                        "more-than-ordered",
                        "more would have come than was ordered: accept the surplus, or receive less");
            }
            throw e;
        }
    }
}
