package org.cartulary.tests.simulation;

import static org.cartulary.tests.simulation.Answers.ask;
import static org.cartulary.tests.simulation.Answers.expect;

import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;

/** What the shop does with orders that it does not want to keep as they are. */
final class Undoing {

    private static final String ORDERS = "/api/v1/admin/orders/";
    private static final String REASON = "the simulation wants it";
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private final District district;

    Undoing(District district) {
        this.district = district;
    }

    void cancel(Operation operation) {
        Truth.Order order = district.order(operation);
        if (order == null || order.isCancelled() || order.refunded.signum() > 0) {
            return;
        }
        post(ORDERS + order.id + "/cancellations", Map.of("reason", REASON));
        district.truth().cancel(order, REASON);
    }

    void refund(Operation operation) {
        Truth.Order order = district.order(operation);
        if (order == null || order.kept().signum() == 0) {
            return;
        }
        BigDecimal amount =
                CENT.multiply(BigDecimal.valueOf(1L + operation.howMany())).min(order.kept());
        district.eventually(
                "the payment of " + order.id + " is taken",
                () -> !DistrictCheck.payment(district, order)
                        .path("status")
                        .asString("")
                        .equals("AUTHORIZED"));
        Map<String, String> money = Map.of("amount", amount.toPlainString(), "currency", "EUR");
        post(ORDERS + order.id + "/refunds", Map.of("amount", money, "reason", REASON));
        order.refunded = order.refunded.add(amount);
        order.changed = true;
    }

    private void post(String path, Map<String, Object> request) {
        String key = UUID.randomUUID().toString();
        expect(201, ask(() -> district.merchant().shop().post(path, request, key)));
    }
}
