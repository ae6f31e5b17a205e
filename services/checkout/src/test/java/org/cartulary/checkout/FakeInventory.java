package org.cartulary.checkout;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.reconciliation.InvariantResult;

/** Stock in memory that keeps the promises of the contract. */
final class FakeInventory implements InventoryApi {

    final Map<UUID, Integer> available = new HashMap<>();
    final Map<UUID, String> statuses = new HashMap<>();
    private final Map<UUID, List<StockLine>> held = new HashMap<>();
    private final Crash crash;
    volatile boolean expireAtConfirmation;

    FakeInventory(Crash crash) {
        this.crash = crash;
    }

    @Override
    public ReserveStockResult reserve(ReserveStock command) {
        crash.reach("before inventory.reserve");
        ReserveStockResult result = reserveOnce(command);
        crash.reach("after inventory.reserve");
        return result;
    }

    private synchronized ReserveStockResult reserveOnce(ReserveStock command) {
        String status = statuses.get(command.orderId());
        if (status != null) {
            return status.equals("RELEASED") || status.equals("EXPIRED")
                    ? new ReserveStockResult.AlreadyReleased()
                    : new ReserveStockResult.Reserved(Instant.MAX);
        }
        List<ReserveStockResult.Shortage> shortages = command.lines().stream()
                .filter(line -> available.getOrDefault(line.productId(), 0) < line.quantity())
                .map(line -> new ReserveStockResult.Shortage(
                        line.productId(), line.quantity(), available.getOrDefault(line.productId(), 0)))
                .toList();
        if (!shortages.isEmpty()) {
            return new ReserveStockResult.OutOfStock(shortages);
        }
        command.lines().forEach(line -> available.merge(line.productId(), -line.quantity(), Integer::sum));
        held.put(command.orderId(), command.lines());
        statuses.put(command.orderId(), "OPEN");
        return new ReserveStockResult.Reserved(Instant.MAX);
    }

    @Override
    public ConfirmReservationResult confirm(ConfirmReservation command) {
        crash.reach("before inventory.confirm");
        ConfirmReservationResult result = confirmOnce(command);
        crash.reach("after inventory.confirm");
        return result;
    }

    private synchronized ConfirmReservationResult confirmOnce(ConfirmReservation command) {
        if (expireAtConfirmation) {
            giveBack(command.orderId(), "EXPIRED");
        }
        String status = statuses.getOrDefault(command.orderId(), "NONE");
        if (!status.equals("OPEN") && !status.equals("CONFIRMED")) {
            return new ConfirmReservationResult.NotOpen(status);
        }
        statuses.put(command.orderId(), "CONFIRMED");
        return new ConfirmReservationResult.Confirmed();
    }

    @Override
    public ReleaseReservationResult release(ReleaseReservation command) {
        crash.reach("before inventory.release");
        giveBack(command.orderId(), "RELEASED");
        crash.reach("after inventory.release");
        return new ReleaseReservationResult.Released();
    }

    private synchronized void giveBack(UUID orderId, String status) {
        List<StockLine> lines = held.remove(orderId);
        if (lines != null) {
            lines.forEach(line -> available.merge(line.productId(), line.quantity(), Integer::sum));
        }
        statuses.put(orderId, status);
    }

    @Override
    public RestockOrderResult restock(RestockOrder command) {
        throw new UnsupportedOperationException("nobody restocks in these tests");
    }

    @Override
    public List<Availability> availability(FindAvailability query) {
        return List.of();
    }

    @Override
    public FactPage<ReservationFact> facts(FactsAfter query) {
        return new FactPage<>(List.of());
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return List.of();
    }
}
