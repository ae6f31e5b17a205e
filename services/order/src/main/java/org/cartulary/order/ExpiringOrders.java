package org.cartulary.order;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.contracts.order.CancelOrder;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.saga.Sagas;
import org.cartulary.platform.saga.StartedSaga;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels orders that were not paid in the time their shop allows, by the clock of the database. Nodes may do so at the
 * same time: the cancellation of an order is one compare-and-set, and only its winner begins the saga. Thread-safe.
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
     * Cancels unpaid orders of all tenants.
     *
     * @param limit the most to look at
     * @return how many this call cancelled
     */
    int expire(int limit) {
        List<CancellationStore.DueOrder> due = database.asWorker(tx -> store.unpaid(tx, limit));
        int expired = 0;
        for (CancellationStore.DueOrder order : due) {
            boolean won = RequestContext.ofSystem(
                            order.tenantId(), RequestContext.current().traceId())
                    .supply(() -> expire(order.orderId()));
            expired += won ? 1 : 0;
        }
        return expired;
    }

    /** One order that cannot be cancelled must not keep the others from it. */
    private boolean expire(UUID orderId) {
        try {
            Optional<StartedSaga<OrderCancellation>> started = database.inTransaction(tx -> begin(tx, orderId));
            started.ifPresent(sagas::proceed);
            return started.isPresent();
        } catch (RuntimeException e) {
            LOG.warn("the unpaid order {} could not be cancelled; the next run tries again", orderId, e);
            return false;
        }
    }

    private Optional<StartedSaga<OrderCancellation>> begin(Transaction tx, UUID orderId) {
        return store.expire(tx, orderId, REASON).map(cancellation -> {
            orders.publish(tx, new CancelOrder(orderId, REASON), cancellation);
            return sagas.begin(tx, Ids.next(), new OrderCancellation(orderId, REASON, null));
        });
    }
}
