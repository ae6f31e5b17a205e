package org.cartulary.tests.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Patience;
import tools.jackson.databind.JsonNode;

/** Compares a district with its truth: every product's stock, and state and money of every order that has changed. */
final class DistrictCheck {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private DistrictCheck() {}

    /**
     * Compares all.
     *
     * @throws Discrepancy if they differ, after what is under way has had time to end
     */
    static void check(District district) {
        district.products().forEach(product -> checkStock(district, product));
        for (Truth.Order order : district.truth().orders()) {
            if (order.changed) {
                checkOrder(district, order);
                order.changed = false;
            }
        }
    }

    private static void checkStock(District district, String product) {
        JsonNode rows =
                read(district, "/api/v1/admin/stock?productId=" + product).path("items");
        int available = 0;
        int reserved = 0;
        for (JsonNode row : rows) {
            available += row.path("available").asInt();
            reserved += row.path("reserved").asInt();
        }
        int expected = district.truth().stock(product);
        if (available != expected || reserved != 0) {
            throw new Discrepancy("of the product " + product + " " + expected
                    + " should be available and none reserved," + " there are " + available + " and " + reserved);
        }
    }

    private static void checkOrder(District district, Truth.Order order) {
        eventually("the shop keeps " + order.kept() + " of the order " + order.id, () -> {
            JsonNode payment = payment(district, order);
            BigDecimal kept = amount(payment, "captured").subtract(amount(payment, "refunded"));
            boolean under = payment.path("status").asString("").equals("AUTHORIZED");
            return !under && kept.compareTo(order.kept()) == 0 ? "" : payment.toString();
        });
        String status = order.status();
        String path = "/api/v1/store/orders/" + order.id;
        String actual = read(district, path).path("status").asString("");
        if (!actual.equals(status)) {
            throw new Discrepancy("the order " + order.id + " should be " + status + ", and is " + actual);
        }
    }

    private static BigDecimal amount(JsonNode payment, String name) {
        String amount = payment.path(name).path("amount").asString("");
        return amount.isEmpty() ? BigDecimal.ZERO : new BigDecimal(amount);
    }

    /** The payment of an order, as the shop sees it. */
    static JsonNode payment(District district, Truth.Order order) {
        return read(district, "/api/v1/admin/payments?orderId=" + order.id).at("/items/0");
    }

    private static JsonNode read(District district, String path) {
        HttpShop.Answer answer =
                Patience.answer(() -> district.merchant().shop().get(path));
        if (answer.status() != 200) {
            throw new Discrepancy("expected 200 to " + answer.text());
        }
        return answer.body();
    }

    private static void eventually(String what, Supplier<String> difference) {
        List<String> differences = new ArrayList<>();
        try {
            Eventually.holds(what, LIMIT, () -> {
                differences.add(difference.get());
                return differences.getLast().isEmpty();
            });
        } catch (AssertionError e) {
            throw new Discrepancy(e.getMessage() + ": " + differences.getLast());
        }
    }
}
