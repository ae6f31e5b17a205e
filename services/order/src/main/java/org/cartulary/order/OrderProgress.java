package org.cartulary.order;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.OrderDelivered;
import org.cartulary.contracts.order.OrderUnitsWithdrawn;
import org.cartulary.order.ShipmentStore.FollowedOrder;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.NewEvent;
import org.cartulary.platform.events.Outbox;

/** Publishes how far orders have got, in the transaction in which they get there. Thread-safe. */
record OrderProgress(Outbox outbox, WithdrawalStore withdrawals) {

    /** Publishes what has happened, and that the order is delivered with that. */
    void publish(Transaction tx, FollowedOrder order, List<Object> events, boolean orderDelivered) {
        List<Object> all = new ArrayList<>(events);
        if (orderDelivered) {
            all.add(new OrderDelivered(order.id(), order.number(), order.customerId()));
        }
        // The last one has the order's version, which was raised by one for each.
        List<NewEvent> numbered = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            numbered.add(NewEvent.ofThisTrace(all.get(i), order.id(), order.version() - all.size() + 1 + i));
        }
        outbox.appendAll(tx, numbered);
    }

    /** Publishes that units will not be sent, and that the order is delivered with that. */
    void publishWithdrawal(Transaction tx, FollowedOrder order, UUID withdrawalId, boolean orderDelivered) {
        var withdrawn = new OrderUnitsWithdrawn(
                order.id(),
                order.number(),
                order.customerId(),
                withdrawalId,
                order.status(),
                withdrawals.lines(tx, withdrawalId));
        publish(tx, order, List.of(withdrawn), orderDelivered);
    }
}
