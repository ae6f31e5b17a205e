package org.cartulary.catalog;

import java.util.List;
import org.cartulary.contracts.inventory.PresencesAfter;
import org.cartulary.contracts.inventory.StockPresence;
import org.cartulary.contracts.inventory.StockPresencesApi;

/**
 * Asks inventory for everything that it would have told, page by page: fills a catalogue that was there before it was told of the stock, and
 * mends one that was restored from a backup. What is known already changes nothing. Thread-safe.
 */
final class CopyingStock implements Runnable {

    private final StockPresencesApi inventory;
    private final SoldStockStore store;
    private final int pageLength;

    /** Pages of 5,000. */
    CopyingStock(StockPresencesApi inventory, SoldStockStore store) {
        this(inventory, store, 5_000);
    }

    CopyingStock(StockPresencesApi inventory, SoldStockStore store, int pageLength) {
        this.inventory = inventory;
        this.store = store;
        this.pageLength = pageLength;
    }

    @Override
    public void run() {
        PresencesAfter after = new PresencesAfter(null, null, pageLength);
        for (List<StockPresence> page = inventory.presences(after).facts(); !page.isEmpty(); ) {
            store.takeAll(page);
            StockPresence last = page.getLast();
            after = new PresencesAfter(last.tenantId(), last.soldId(), pageLength);
            page = page.size() < pageLength
                    ? List.of()
                    : inventory.presences(after).facts();
        }
    }
}
