package org.cartulary.inventory;

import java.util.Objects;
import org.cartulary.contracts.inventory.RestockOrder;
import org.cartulary.contracts.inventory.RestockOrderResult;
import org.cartulary.contracts.inventory.RestockOrderResult.MoreThanSold;
import org.cartulary.contracts.inventory.RestockOrderResult.NotSold;
import org.cartulary.contracts.inventory.RestockOrderResult.Restocked;
import org.cartulary.platform.http.ProblemException;

/** Makes sold units of an order available again, all lines or none. Thread-safe. */
final class RestockingOrder {

    private final StockStore stock;

    RestockingOrder(StockStore stock) {
        this.stock = stock;
    }

    /**
     * Restocks the lines.
     *
     * @throws ProblemException 409 {@code restock-id-reused} if the id names a restock of another order; 422 {@code
     *     stock-too-great} if a warehouse would have more units than can be counted
     */
    RestockOrderResult restock(RestockOrder command) {
        RequestedLines.requireValid(command.lines());
        StockStore.RestockRow row = stock.restock(command, command.reason());
        return switch (row.outcome()) {
            case "RESTOCKED" -> new Restocked();
            case "NOT_SOLD" -> new NotSold(Objects.requireNonNull(row.status()));
            case "MORE_THAN_SOLD" ->
                new MoreThanSold(Objects.requireNonNull(row.productId()), row.requested(), row.sold());
            case "ID_REUSED" ->
                throw ProblemException.conflict(
                        "restock-id-reused", "this restock id was used for another order: name each restock anew");
            default -> throw new IllegalStateException("restock_order answered " + row.outcome());
        };
    }
}
