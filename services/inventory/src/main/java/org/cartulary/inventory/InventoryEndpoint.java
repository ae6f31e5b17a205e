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
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.springframework.web.bind.annotation.RestController;

/** The stock as other services see it. */
@RestController
final class InventoryEndpoint implements InventoryApi {

    private static final int MAX_REASON_CHARACTERS = 255;

    private final ReservingStock reserving;
    private final StockStore stock;
    private final StockInvariants invariants;

    InventoryEndpoint(ReservingStock reserving, StockStore stock, StockInvariants invariants) {
        this.reserving = reserving;
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
        String reason = command.reason();
        String kept = reason.length() <= MAX_REASON_CHARACTERS ? reason : reason.substring(0, MAX_REASON_CHARACTERS);
        return stock.release(command.orderId(), kept).equals("RELEASED")
                ? new ReleaseReservationResult.Released()
                : new ReleaseReservationResult.NothingHeld();
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
