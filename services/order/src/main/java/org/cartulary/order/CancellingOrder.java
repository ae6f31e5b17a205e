package org.cartulary.order;

import java.util.Optional;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.CancelOrderResult;
import org.cartulary.contracts.order.OrderCancelled;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Outbox;
import org.jspecify.annotations.Nullable;

/** Cancels orders that have not been sent, and those that do not exist yet. Thread-safe. */
final class CancellingOrder {

    private final Database database;
    private final OrderStore store;
    private final Outbox outbox;

    CancellingOrder(Database database, OrderStore store, Outbox outbox) {
        this.database = database;
        this.store = store;
        this.outbox = outbox;
    }

    CancelOrderResult cancel(CancelOrder command) {
        return database.inTransaction(tx -> cancel(tx, command, null)
                .<CancelOrderResult>map(cancellation -> cancellation.status().equals("CANCELLED")
                        ? new CancelOrderResult.Cancelled()
                        : new CancelOrderResult.NotCancellable(cancellation.status()))
                .orElseGet(CancelOrderResult.Cancelled::new));
    }

    /**
     * The same in the caller's transaction; empty if there is no such order, which then never will be.
     *
     * @param wordsSealed what the canceller wrote, sealed for the order
     */
    Optional<OrderStore.Cancellation> cancel(Transaction tx, CancelOrder command, @Nullable String wordsSealed) {
        Optional<OrderStore.Cancellation> found = store.cancel(tx, command, wordsSealed);
        found.ifPresent(cancellation -> publish(tx, command, cancellation));
        return found;
    }

    /** Publishes a cancellation, if it is one, in the transaction in which the order was cancelled. */
    void publish(Transaction tx, CancelOrder command, OrderStore.Cancellation cancellation) {
        if (cancellation.wasChanged()) {
            OrderCancelled cancelled = new OrderCancelled(
                    command.orderId(), cancellation.orderNumber(), cancellation.customerId(), command.reason());
            outbox.append(tx, cancelled, command.orderId(), cancellation.version());
        }
    }
}
