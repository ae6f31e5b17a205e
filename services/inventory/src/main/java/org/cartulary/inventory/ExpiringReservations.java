package org.cartulary.inventory;

import org.cartulary.platform.jobs.Batches;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives back the stock of overdue reservations. Any number of processes may run it at once. */
final class ExpiringReservations implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiringReservations.class);

    /** So few that stock is locked for a short time only. */
    private static final int BATCH_RESERVATIONS = 100;

    private final StockStore stock;

    ExpiringReservations(StockStore stock) {
        this.stock = stock;
    }

    @Override
    public void run() {
        long expired = Batches.work(BATCH_RESERVATIONS, stock::expire);
        if (expired > 0) {
            LOG.info("{} reservations have expired", expired);
        }
    }
}
