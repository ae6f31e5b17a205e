package org.cartulary.cart;

import java.util.List;
import org.cartulary.contracts.inventory.Availability;
import org.cartulary.contracts.inventory.ConfirmReservation;
import org.cartulary.contracts.inventory.ConfirmReservationResult;
import org.cartulary.contracts.inventory.FindAvailability;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.inventory.ReleaseReservation;
import org.cartulary.contracts.inventory.ReleaseReservationResult;
import org.cartulary.contracts.inventory.ReservationFact;
import org.cartulary.contracts.inventory.ReserveStock;
import org.cartulary.contracts.inventory.ReserveStockResult;
import org.cartulary.contracts.inventory.RestockOrder;
import org.cartulary.contracts.inventory.RestockOrderResult;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.reconciliation.InvariantResult;

/** A stock with as many units of every product. It refuses, as a remote one does, to be asked in a transaction. */
record FixedStock(int units) implements InventoryApi {

    @Override
    public RestockOrderResult restock(RestockOrder command) {
        throw new UnsupportedOperationException("nobody restocks in these tests");
    }

    @Override
    public List<Availability> availability(FindAvailability query) {
        Database.requireNoTransaction("asking for the stock");
        return query.productIds().stream()
                .map(id -> new Availability(id, units))
                .toList();
    }

    @Override
    public ReserveStockResult reserve(ReserveStock command) {
        throw onlyLooked();
    }

    @Override
    public ConfirmReservationResult confirm(ConfirmReservation command) {
        throw onlyLooked();
    }

    @Override
    public ReleaseReservationResult release(ReleaseReservation command) {
        throw onlyLooked();
    }

    @Override
    public FactPage<ReservationFact> facts(FactsAfter query) {
        throw onlyLooked();
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return List.of();
    }

    private static UnsupportedOperationException onlyLooked() {
        return new UnsupportedOperationException("a cart only looks at the stock");
    }
}
