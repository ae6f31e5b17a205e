package org.cartulary.tests.simulation;

import static org.cartulary.tests.simulation.Answers.ask;
import static org.cartulary.tests.simulation.Answers.expect;
import static org.cartulary.tests.simulation.Answers.expectProblem;
import static org.cartulary.tests.simulation.Answers.expectSame;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.tests.support.HttpShop;
import org.jspecify.annotations.Nullable;

/** What arrives, and what breaks. */
final class Stock {

    private final District district;
    private @Nullable Map<String, Object> lastReceipt;

    Stock(District district) {
        this.district = district;
    }

    /**
     * Whether there are so many units to sell. Where that depends on orders of which nobody knows yet whether they last, they
     * are brought to their end first.
     */
    boolean has(Map<String, Integer> lines) {
        if (!district.truth().has(lines)) {
            lines.keySet().forEach(district.expiry()::settle);
        }
        return district.truth().has(lines);
    }

    void restock(Operation operation) {
        String product = district.product(operation);
        int units = 1 + operation.howMany() % 12;
        Map<String, Object> receipt = Map.of(
                "productId",
                product,
                "quantity",
                units,
                "reference",
                UUID.randomUUID().toString());
        receive(receipt);
        lastReceipt = receipt;
        district.truth().change(product, units);
    }

    void repeatReceipt(Operation operation) {
        if (lastReceipt != null) {
            expectSame("what came of a repeated receipt", "already-received", receive(lastReceipt));
        }
    }

    private String receive(Map<String, Object> receipt) {
        Map<String, Object> batch = Map.of("receipts", List.of(receipt));
        return expect(200, ask(() -> district.merchant().shop().post("/api/v1/admin/stock-receipts/batches", batch)))
                .at("/results/0/outcome")
                .asString();
    }

    void writeOff(Operation operation) {
        String product = district.product(operation);
        int units = 1 + operation.howMany() % 8;
        boolean isThere = has(Map.of(product, units));
        String key = UUID.randomUUID().toString();
        Map<String, Object> adjustment = Map.of("productId", product, "change", -units, "reason", "broken");
        HttpShop.Answer answer =
                ask(() -> district.merchant().shop().post("/api/v1/admin/stock-adjustments", adjustment, key));
        if (isThere) {
            expect(201, answer);
            district.truth().change(product, -units);
        } else {
            expectProblem(409, "insufficient-stock", answer);
        }
    }
}
