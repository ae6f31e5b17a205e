package org.cartulary.catalog;

import java.util.List;
import org.cartulary.contracts.inventory.StockTurned;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.Event;
import org.cartulary.platform.events.EventHandler;

/** Shows in the listing what has come into stock or has run out. */
final class StockTurnedHandler implements EventHandler<StockTurned> {

    private final Database database;

    StockTurnedHandler(Database database) {
        this.database = database;
    }

    @Override
    public String consumer() {
        return "catalog.stock-turned";
    }

    @Override
    public Class<StockTurned> eventType() {
        return StockTurned.class;
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public void handle(Transaction tx, StockTurned event, Event envelope) {
        handleAll(tx, List.of(new Arrival<>(event, envelope)));
    }

    @Override
    public void handleAll(Transaction tx, List<Arrival<StockTurned>> arrivals) {
        SoldStockStore.take(tx, SoldStockStore.presences(arrivals));
    }
}
