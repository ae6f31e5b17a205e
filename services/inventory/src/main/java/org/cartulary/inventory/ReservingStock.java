package org.cartulary.inventory;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import org.cartulary.contracts.inventory.ReserveStock;
import org.cartulary.contracts.inventory.ReserveStockResult;
import org.cartulary.contracts.inventory.ReserveStockResult.AlreadyReleased;
import org.cartulary.contracts.inventory.ReserveStockResult.OutOfStock;
import org.cartulary.contracts.inventory.ReserveStockResult.Reserved;
import org.cartulary.contracts.inventory.ReserveStockResult.Shortage;
import org.cartulary.contracts.inventory.ReserveStockResult.TooManyReservations;

/** Reserves the lines of an order, all or none, and counts those it has to refuse. */
final class ReservingStock {

    static final String FAILED_METER = "cartulary.inventory.reservations.failed";

    private final StockStore stock;
    private final MeterRegistry meters;

    ReservingStock(StockStore stock, MeterRegistry meters) {
        this.stock = stock;
        this.meters = meters;
    }

    ReserveStockResult reserve(ReserveStock command) {
        RequestedLines.requireValid(command.lines());
        if (command.minutes() < 1) {
            throw RequestedLines.invalid("/minutes", "a reservation lasts at least a minute");
        }
        ReserveStockResult result = result(command, stock.reserve(command));
        switch (result) {
            case Reserved _ -> {}
            case OutOfStock _ -> countFailure("out-of-stock");
            case TooManyReservations _ -> countFailure("too-many-reservations");
            case AlreadyReleased _ -> countFailure("already-released");
        }
        return result;
    }

    private static ReserveStockResult result(ReserveStock command, List<StockStore.ReserveRow> rows) {
        StockStore.ReserveRow first = rows.getFirst();
        return switch (first.outcome()) {
            case "RESERVED" ->
                new Reserved(Objects.requireNonNull(first.expiresAt()).toInstant());
            case "OUT_OF_STOCK" ->
                new OutOfStock(rows.stream()
                        .map(row ->
                                new Shortage(Objects.requireNonNull(row.productId()), row.requested(), row.available()))
                        .toList());
            case "TOO_MANY" ->
                new TooManyReservations(Objects.requireNonNull(first.productId()), command.maximumOpenPerProduct());
            case "ALREADY_RELEASED" -> new AlreadyReleased();
            default -> throw new IllegalStateException("reserve_orders answered " + first.outcome());
        };
    }

    private void countFailure(String reason) {
        meters.counter(FAILED_METER, "reason", reason).increment();
    }
}
