package org.cartulary.order;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** What each order holds in memory, by the promises of the contract. */
final class FakeInventory implements InventoryApi {

    /** Units that an order has sold and that did not come back, by order and product. */
    final Map<UUID, Map<UUID, Integer>> sold = new HashMap<>();

    final Set<UUID> released = new HashSet<>();
    private final Set<UUID> restocks = new HashSet<>();
    private final Crash crash;

    FakeInventory(Crash crash) {
        this.crash = crash;
    }

    synchronized void sold(UUID orderId, UUID productId, int quantity) {
        sold.computeIfAbsent(orderId, id -> new HashMap<>()).put(productId, quantity);
    }

    synchronized int units(UUID orderId) {
        return sold.getOrDefault(orderId, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    @Override
    public ReleaseReservationResult release(ReleaseReservation command) {
        crash.reach("before inventory.release");
        synchronized (this) {
            sold.remove(command.orderId());
            released.add(command.orderId());
        }
        crash.reach("after inventory.release");
        return new ReleaseReservationResult.Released();
    }

    @Override
    public RestockOrderResult restock(RestockOrder command) {
        crash.reach("before inventory.restock");
        RestockOrderResult result = restockOnce(command);
        crash.reach("after inventory.restock");
        return result;
    }

    private synchronized RestockOrderResult restockOnce(RestockOrder command) {
        if (restocks.contains(command.restockId())) {
            return new RestockOrderResult.Restocked();
        }
        Map<UUID, Integer> held = sold.get(command.orderId());
        if (held == null) {
            return new RestockOrderResult.NotSold("RELEASED");
        }
        for (StockLine line : command.lines()) {
            int left = held.getOrDefault(line.productId(), 0);
            if (line.quantity() > left) {
                return new RestockOrderResult.MoreThanSold(line.productId(), line.quantity(), left);
            }
        }
        command.lines().forEach(line -> held.merge(line.productId(), -line.quantity(), Integer::sum));
        restocks.add(command.restockId());
        return new RestockOrderResult.Restocked();
    }

    @Override
    public ReserveStockResult reserve(ReserveStock command) {
        throw new UnsupportedOperationException("orders do not reserve stock");
    }

    @Override
    public ConfirmReservationResult confirm(ConfirmReservation command) {
        throw new UnsupportedOperationException("orders do not confirm reservations");
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
