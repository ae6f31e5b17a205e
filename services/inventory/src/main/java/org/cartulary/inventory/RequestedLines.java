package org.cartulary.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.contracts.inventory.StockLine;
import org.cartulary.platform.http.ProblemException;

/** What lines of an order may be asked of the stock. */
final class RequestedLines {

    static final int MAX_LINES = 10_000;
    private static final int MAX_QUANTITY = 100_000_000;

    private RequestedLines() {}

    /**
     * Makes sure that there are lines, not too many, with possible quantities of different products.
     *
     * @throws ProblemException 422 {@code invalid-request} otherwise
     */
    static void requireValid(List<StockLine> lines) {
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw invalid("/lines", "an order has from 1 to " + MAX_LINES + " lines");
        }
        Set<UUID> products = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            StockLine line = lines.get(i);
            if (line.quantity() < 1 || line.quantity() > MAX_QUANTITY) {
                throw invalid("/lines/" + i + "/quantity", "a quantity is from 1 to " + MAX_QUANTITY);
            }
            if (!products.add(line.productId())) {
                throw invalid("/lines/" + i + "/productId", "each product is asked for once");
            }
        }
    }

    static ProblemException invalid(String pointer, String detail) {
        return ProblemException.unprocessable("invalid-request", detail).with(pointer, "invalid", detail);
    }
}
