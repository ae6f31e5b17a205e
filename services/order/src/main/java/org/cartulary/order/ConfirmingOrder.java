package org.cartulary.order;

import java.util.Optional;
import org.cartulary.contracts.order.ConfirmOrder;
import org.cartulary.contracts.order.ConfirmOrderResult;
import org.cartulary.contracts.order.OrderConfirmed;
import org.cartulary.platform.coalescing.Coalescing;
import org.cartulary.platform.coalescing.SharedTransactions;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Outbox;
import org.cartulary.platform.http.ProblemException;

/** Confirms orders whose payment is authorised; of several confirmations and cancellations one wins. Thread-safe. */
final class ConfirmingOrder {

    private final SharedTransactions transactions;
    private final OrderStore store;
    private final Outbox outbox;

    ConfirmingOrder(Database database, OrderStore store, Outbox outbox) {
        this.transactions = Coalescing.of(database).shared("confirm-order");
        this.store = store;
        this.outbox = outbox;
    }

    /** Confirms the order. An order that does not exist is a fault of the caller: 404 {@code order-not-found}. */
    ConfirmOrderResult confirm(ConfirmOrder command) {
        return transactions.run(tx -> confirm(tx, command));
    }

    private ConfirmOrderResult confirm(Transaction tx, ConfirmOrder command) {
        Optional<OrderStore.Confirmation> found = store.confirm(tx, command);
        OrderStore.Confirmation confirmation =
                found.orElseThrow(() -> ProblemException.notFound("order-not-found", "there is no such order"));
        if (!confirmation.isConfirmed()) {
            return new ConfirmOrderResult.NotConfirmable(confirmation.status());
        }
        if (confirmation.wasChanged()) {
            OrderConfirmed confirmed = new OrderConfirmed(
                    command.orderId(),
                    confirmation.orderNumber(),
                    confirmation.customerId(),
                    command.paymentId(),
                    confirmation.total());
            outbox.append(tx, confirmed, command.orderId(), confirmation.version());
        }
        return new ConfirmOrderResult.Confirmed();
    }
}
