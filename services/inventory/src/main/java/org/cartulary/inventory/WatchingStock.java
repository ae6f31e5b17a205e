package org.cartulary.inventory;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BiFunction;
import org.cartulary.inventory.LowStockStore.Batch;
import org.cartulary.inventory.LowStockStore.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens an alert for stock that fell to its reorder point, and closes it when there is more again, in short transactions. A run that is cut
 * off has done what it did: the next one goes on from there, in another process from the beginning. Any number of processes may run it.
 */
final class WatchingStock implements Runnable {

    static final String OPENED_METER = "cartulary.inventory.alerts.opened";
    static final String CLOSED_METER = "cartulary.inventory.alerts.closed";

    private static final Logger LOG = LoggerFactory.getLogger(WatchingStock.class);

    private final LowStockStore store;
    private final MeterRegistry meters;
    private final int batchRecords;
    private final int maxBatchesPerRun;
    private Place opensAfter = Place.FIRST;
    private Place closesAfter = Place.FIRST;

    /** Walks through 500 records a transaction, and at most 500,000 a run. */
    WatchingStock(LowStockStore store, MeterRegistry meters) {
        this(store, meters, 500, 1000);
    }

    WatchingStock(LowStockStore store, MeterRegistry meters, int batchRecords, int maxBatchesPerRun) {
        this.store = store;
        this.meters = meters;
        this.batchRecords = batchRecords;
        this.maxBatchesPerRun = maxBatchesPerRun;
    }

    @Override
    public synchronized void run() {
        closesAfter = walk(closesAfter, store::close, CLOSED_METER);
        opensAfter = walk(opensAfter, store::open, OPENED_METER);
    }

    /** Returns where the next run goes on. */
    private Place walk(Place from, BiFunction<Place, Integer, Batch> work, String meter) {
        Place place = from;
        int alerts = 0;
        for (int batch = 0; batch < maxBatchesPerRun; batch++) {
            Batch done = work.apply(place, batchRecords);
            alerts += done.alerts();
            meters.counter(meter).increment(done.alerts());
            Place last = done.last();
            place = last == null ? Place.FIRST : last;
            if (last == null) {
                break;
            }
        }
        if (alerts > 0) {
            LOG.info("{}: {}", meter, alerts);
        }
        return place;
    }
}
