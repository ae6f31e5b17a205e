package org.cartulary.order;

import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.contracts.order.CancelOrderResult;
import org.cartulary.contracts.order.OrderCancelled;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Outbox;

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
        return database.inTransaction(tx -> store.cancel(tx, command)
                .map(found -> answer(tx, command, found))
                .orElseGet(CancelOrderResult.Cancelled::new));
    }

    private CancelOrderResult answer(Transaction tx, CancelOrder command, OrderStore.Cancellation cancellation) {
        if (cancellation.wasChanged()) {
            OrderCancelled cancelled = new OrderCancelled(
                    command.orderId(), cancellation.orderNumber(), cancellation.customerId(), command.reason());
            outbox.append(tx, cancelled, command.orderId(), cancellation.version());
        }
        return cancellation.status().equals("CANCELLED")
                ? new CancelOrderResult.Cancelled()
                : new CancelOrderResult.NotCancellable(cancellation.status());
    }
}
