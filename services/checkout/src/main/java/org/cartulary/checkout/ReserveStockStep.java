package org.cartulary.checkout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.inventory.ReleaseReservation;
import org.cartulary.contracts.inventory.ReserveStock;
import org.cartulary.contracts.inventory.ReserveStockResult;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.StepResult;

/** Reserves the stock of all lines, or none. */
record ReserveStockStep(CheckoutsInPlacement checkouts, InventoryApi inventory) implements SagaStep<PlaceOrder> {

    @Override
    public String name() {
        return "reserve-stock";
    }

    @Override
    public StepResult<PlaceOrder> run(PlaceOrder state, SagaRun run) {
        CheckoutsInPlacement.Placement placement = checkouts.of(state);
        List<CheckoutLine> lines = placement.session().lines();
        return switch (inventory.reserve(new ReserveStock(
                state.orderId(),
                placement.session().customerId(),
                merged(lines),
                placement.settings().reservations().minutes(),
                placement.settings().reservations().maximumOpenPerProduct()))) {
            case ReserveStockResult.Reserved reserved -> new StepResult.Done<>(state);
            case ReserveStockResult.OutOfStock(List<ReserveStockResult.Shortage> shortages) ->
                new StepResult.Refused<>(
                        state.withRefusals(refusals(lines, shortages)), "out-of-stock", "there is not enough in stock");
            case ReserveStockResult.TooManyReservations(UUID productId, int maximum) ->
                new StepResult.Refused<>(
                        state,
                        "too-many-reservations",
                        "a customer has at most " + maximum + " open reservations of the product " + productId);
            case ReserveStockResult.AlreadyReleased released ->
                new StepResult.Refused<>(state, "reservation-expired", "the reservation of the stock has expired");
        };
    }

    @Override
    public PlaceOrder compensate(PlaceOrder state, SagaRun run) {
        // Either answer means that the order holds no stock, nor ever will.
        inventory.release(new ReleaseReservation(state.orderId(), "order-not-placed"));
        return state;
    }

    /** Each product once: a negotiated order may name it on several lines, at several prices. */
    static List<StockLine> merged(List<CheckoutLine> lines) {
        Map<UUID, Integer> units = new LinkedHashMap<>();
        // More than an int holds is more than can be reserved at once, which the stock says.
        lines.forEach(line -> units.merge(
                line.productId(), line.quantity(), (a, b) -> (int) Math.min((long) a + b, Integer.MAX_VALUE)));
        return units.entrySet().stream()
                .map(entry -> new StockLine(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<Refusal.Detail> refusals(
            List<CheckoutLine> lines, List<ReserveStockResult.Shortage> shortages) {
        Map<UUID, ReserveStockResult.Shortage> shortOf = new LinkedHashMap<>();
        shortages.forEach(shortage -> shortOf.put(shortage.productId(), shortage));
        List<Refusal.Detail> details = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            ReserveStockResult.Shortage shortage = shortOf.get(lines.get(i).productId());
            if (shortage != null) {
                details.add(new Refusal.Detail(
                        "/lines/" + i,
                        "out-of-stock",
                        shortage.available() + " available, " + shortage.requested() + " asked for",
                        shortage.available()));
            }
        }
        return details;
    }
}
