package org.cartulary.inventory;

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
import org.cartulary.platform.reconciliation.InvariantResult;
import org.springframework.web.bind.annotation.RestController;

/** The stock as other services see it. */
@RestController
final class InventoryEndpoint implements InventoryApi {

    private final ReservingStock reserving;
    private final RestockingOrder restocking;
    private final StockStore stock;
    private final StockInvariants invariants;

    InventoryEndpoint(ReservingStock reserving, StockStore stock, StockInvariants invariants) {
        this.reserving = reserving;
        this.restocking = new RestockingOrder(stock);
        this.stock = stock;
        this.invariants = invariants;
    }

    @Override
    public ReserveStockResult reserve(ReserveStock command) {
        return reserving.reserve(command);
    }

    @Override
    public ConfirmReservationResult confirm(ConfirmReservation command) {
        String status = stock.confirm(command.orderId());
        return status.equals("CONFIRMED")
                ? new ConfirmReservationResult.Confirmed()
                : new ConfirmReservationResult.NotOpen(status);
    }

    @Override
    public ReleaseReservationResult release(ReleaseReservation command) {
        return stock.release(command.orderId(), command.reason()).equals("RELEASED")
                ? new ReleaseReservationResult.Released()
                : new ReleaseReservationResult.NothingHeld();
    }

    @Override
    public RestockOrderResult restock(RestockOrder command) {
        return restocking.restock(command);
    }

    @Override
    public List<Availability> availability(FindAvailability query) {
        return query.productIds().isEmpty() ? List.of() : stock.availability(query.productIds());
    }

    @Override
    public FactPage<ReservationFact> facts(FactsAfter query) {
        return new FactPage<>(stock.facts(query));
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return invariants.check();
    }
}
