package org.cartulary.order;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.saga.Sagas;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels orders that were not paid in the time their shop allows, by the clock of the database. Nodes may do so at the
 * same time: the cancellation of an order is one compare-and-set, and only its winner writes the saga, which a recovery runs.
 * Thread-safe.
 */
final class ExpiringOrders {

    /** The reason that the history of an expired order gives. */
    static final String REASON = "unpaid";

    private static final Logger LOG = LoggerFactory.getLogger(ExpiringOrders.class);

    private final Database database;
    private final CancellationStore store;
    private final CancellingOrder orders;
    private final Sagas<OrderCancellation> sagas;

    ExpiringOrders(Database database, CancellationStore store, CancellingOrder orders, Sagas<OrderCancellation> sagas) {
        this.database = database;
        this.store = store;
        this.orders = orders;
        this.sagas = sagas;
    }

    /**
     * Cancels unpaid orders of all tenants, the first due first. One that cannot be cancelled is passed over, and left alone
     * for longer each time, so that however many there are they keep nobody else from it.
     *
     * @param limit the most to cancel
     * @return how many this call cancelled
     */
    int expire(int limit) {
        int expired = 0;
        CancellationStore.@Nullable DueOrder last = null;
        while (expired < limit) {
            CancellationStore.@Nullable DueOrder after = last;
            int wanted = limit - expired;
            List<CancellationStore.DueOrder> due = database.asWorker(tx -> store.unpaid(tx, after, wanted));
            for (CancellationStore.DueOrder order : due) {
                expired += expire(order) ? 1 : 0;
            }
            if (due.size() < wanted) {
                return expired;
            }
            last = due.getLast();
        }
        return expired;
    }

    private boolean expire(CancellationStore.DueOrder order) {
        try {
            return RequestContext.ofSystem(
                            order.tenantId(), RequestContext.current().traceId())
                    .supply(() -> database.inTransaction(tx -> begin(tx, order.orderId())));
        } catch (Throwable e) {
            LOG.warn("the unpaid order {} could not be cancelled; it is tried again later", order.orderId(), e);
            postpone(order);
            return false;
        }
    }

    private void postpone(CancellationStore.DueOrder order) {
        try {
            database.asWorker(tx -> {
                store.postpone(tx, order);
                return order;
            });
        } catch (RuntimeException e) {
            LOG.warn("the unpaid order {} could not be postponed; the next run tries it again", order.orderId(), e);
        }
    }

    private boolean begin(Transaction tx, UUID orderId) {
        return store.expire(tx, orderId, REASON)
                .map(cancellation -> {
                    orders.publish(tx, new CancelOrder(orderId, REASON), cancellation);
                    sagas.leaveToRecovery(
                            tx, Ids.next(), new OrderCancellation(orderId, REASON, cancellation.hasDiscount(), null));
                    return cancellation.wasChanged();
                })
                .orElse(false);
    }
}
