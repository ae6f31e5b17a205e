package org.cartulary.tests.simulation;

import static org.cartulary.tests.simulation.Answers.ask;
import static org.cartulary.tests.simulation.Answers.expect;
import static org.cartulary.tests.simulation.Answers.expectSame;

import java.math.BigDecimal;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Compares a district with its truth: every product's stock, and state and money of every order that has changed. */
final class DistrictCheck {

    private static final Set<String> UNDECIDED = Set.of("PENDING", "AUTHORIZED");

    private DistrictCheck() {}

    /**
     * Compares all.
     *
     * @throws Discrepancy if they differ, after what is under way has had time to end
     */
    static void check(District district) {
        district.expiry().settleAll();
        district.products().forEach(product -> checkStock(district, product));
        for (Truth.Order order : district.truth().orders()) {
            if (order.changed) {
                checkOrder(district, order);
                order.changed = false;
            }
        }
    }

    private static void checkStock(District district, String product) {
        String difference = stockDifference(district, product);
        if (!difference.isEmpty()) {
            throw new Discrepancy(difference);
        }
    }

    /** Returns when of a product of which no order waits for its end as many units can be sold as there are. */
    static void awaitStock(District district, String product) {
        // What two sagas undo at the same time is undone when the last of them has ended.
        eventually(district, "the stock of the product " + product, () -> stockDifference(district, product));
    }

    private static String stockDifference(District district, String product) {
        int available = 0;
        int reserved = 0;
        for (JsonNode row :
                read(district, "/api/v1/admin/stock?productId=" + product).path("items")) {
            available += row.path("available").asInt();
            reserved += row.path("reserved").asInt();
        }
        int expected = district.truth().stock(product);
        return available == expected && reserved == 0
                ? ""
                : "of the product " + product + " " + expected + " should be available and none reserved,"
                        + " there are " + available + " and " + reserved;
    }

    private static void checkOrder(District district, Truth.Order order) {
        eventually(district, "the shop keeps " + order.kept() + " of the order " + order.id, () -> {
            JsonNode payment = payment(district, order);
            BigDecimal kept = amount(payment, "captured").subtract(amount(payment, "refunded"));
            boolean isDecided = !UNDECIDED.contains(payment.path("status").asString(""));
            return isDecided && kept.compareTo(order.kept()) == 0 ? "" : payment.toString();
        });
        JsonNode view = read(district, "/api/v1/store/orders/" + order.id);
        expectSame(
                "the status of the order " + order.id,
                order.status(),
                view.path("status").asString(""));
        expectSame("why the order " + order.id + " was cancelled", order.reason(), Truth.reasonOf(view));
    }

    private static BigDecimal amount(JsonNode payment, String name) {
        String amount = payment.path(name).path("amount").asString("");
        return amount.isEmpty() ? BigDecimal.ZERO : new BigDecimal(amount);
    }

    /** The payment of an order, as the shop sees it. */
    static JsonNode payment(District district, Truth.Order order) {
        return read(district, "/api/v1/admin/payments?orderId=" + order.id).at("/items/0");
    }

    /** What the shop's administrator reads. */
    static JsonNode read(District district, String path) {
        return expect(200, ask(() -> district.merchant().shop().get(path)));
    }

    /**
     * Returns when there is no difference any more.
     *
     * @param difference empty if there is none
     * @throws Discrepancy if there still is one after what is under way has had time to end
     */
    static void eventually(District district, String what, Supplier<String> difference) {
        AtomicReference<String> last = new AtomicReference<>("");
        try {
            district.eventually(what, () -> {
                String found = difference.get();
                last.set(found);
                return found.isEmpty();
            });
        } catch (AssertionError e) {
            throw new Discrepancy(e.getMessage() + ": " + last.get());
        }
    }
}
