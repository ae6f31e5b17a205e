package org.cartulary.inventory;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.inventory.ReserveStock;
import org.cartulary.contracts.inventory.ReserveStockResult;
import org.cartulary.contracts.inventory.ReserveStockResult.AlreadyReleased;
import org.cartulary.contracts.inventory.ReserveStockResult.OutOfStock;
import org.cartulary.contracts.inventory.ReserveStockResult.Reserved;
import org.cartulary.contracts.inventory.ReserveStockResult.Shortage;
import org.cartulary.contracts.inventory.ReserveStockResult.TooManyReservations;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.platform.http.ProblemException;

/** Reserves the lines of an order, all or none, and counts those it has to refuse. */
final class ReservingStock {

    static final String FAILED_METER = "cartulary.inventory.reservations.failed";
    static final int MAX_LINES = 10_000;
    private static final int MAX_QUANTITY = 100_000_000;

    private final StockStore stock;
    private final MeterRegistry meters;

    ReservingStock(StockStore stock, MeterRegistry meters) {
        this.stock = stock;
        this.meters = meters;
    }

    ReserveStockResult reserve(ReserveStock command) {
        requireValid(command);
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
            default -> throw new IllegalStateException("reserve_stock answered " + first.outcome());
        };
    }

    private void countFailure(String reason) {
        meters.counter(FAILED_METER, "reason", reason).increment();
    }

    private static void requireValid(ReserveStock command) {
        if (command.lines().isEmpty() || command.lines().size() > MAX_LINES) {
            throw invalid("/lines", "an order has from 1 to " + MAX_LINES + " lines");
        }
        if (command.minutes() < 1) {
            throw invalid("/minutes", "a reservation lasts at least a minute");
        }
        Set<UUID> products = new HashSet<>();
        for (int i = 0; i < command.lines().size(); i++) {
            StockLine line = command.lines().get(i);
            if (line.quantity() < 1 || line.quantity() > MAX_QUANTITY) {
                throw invalid("/lines/" + i + "/quantity", "a quantity is from 1 to " + MAX_QUANTITY);
            }
            if (!products.add(line.productId())) {
                throw invalid("/lines/" + i + "/productId", "each product is asked for once");
            }
        }
    }

    private static ProblemException invalid(String pointer, String detail) {
        return ProblemException.unprocessable("invalid-request", detail).with(pointer, "invalid", detail);
    }
}
