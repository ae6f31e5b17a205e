package org.cartulary.app.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cartulary.app.client.ApiClient;
import org.cartulary.app.client.ApiException;
import org.cartulary.app.demo.DemoCustomers.Customer;
import tools.jackson.databind.JsonNode;

/**
 * Places the orders of the demo shop and lets become of them what is meant to: each is told by its reference, and its state
 * tells what is still to be done.
 */
final class DemoOrders {

    private static final String ORDERS = "/api/v1/admin/orders";
    private static final Duration WAIT = Duration.ofMillis(250);
    private static final int ATTEMPTS = 480;
    private static final Set<String> UNPAID = Set.of("PENDING", "AUTHORIZED");
    private static final Map<String, String> GUEST_ADDRESS = Map.of(
            "firstName", "Sam",
            "lastName", "Hart",
            "addressLine1", "3 Mill Road",
            "city", "Cambridge",
            "postalCode", "CB1 2AD",
            "country", "GB");

    private final DemoClient client;
    private final List<Customer> customers;
    private final DemoBaskets baskets;
    private final LocalDate today = LocalDate.now(Clock.systemUTC());

    DemoOrders(DemoClient client, List<Customer> customers, DemoBaskets baskets) {
        this.client = client;
        this.customers = customers;
        this.baskets = baskets;
    }

    /** Places what is missing and brings all to the state that they are meant to have. */
    void fill() {
        Map<String, String> present = new HashMap<>();
        client.all(ORDERS)
                .forEach(order -> present.put(
                        order.path("externalReference").asString(""),
                        order.path("id").asString()));
        Side.bySide(DemoOrder.all(), order -> {
            String id = present.get(order.reference());
            if (id == null) {
                id = place(order);
            }
            bringForward(order, id);
        });
    }

    private String place(DemoOrder order) {
        String key = "demo:" + today + ":" + order.reference();
        JsonNode checkout = client.shop()
                .post("/api/v1/store/checkouts", checkout(order), key)
                .body();
        String path = "/api/v1/store/checkouts/" + checkout.path("id").asString();
        JsonNode options = checkout.path("shippingOptions");
        int wanted = order.number() % 5 == 0 ? options.size() - 1 : 0;
        client.shop()
                .put(
                        path + "/shipping-method",
                        Map.of(
                                "shippingMethodId",
                                options.path(wanted).path("id").asString()));
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            ApiClient.Answer answer = client.shop()
                    .post(
                            path + "/completions",
                            Map.of("payment", Map.of("provider", "TEST", "token", "tok_ok")),
                            key + ":completion");
            if (answer.status() != 202) {
                return answer.body().path("orderId").asString();
            }
            Side.pause(WAIT);
        }
        throw new ApiException(202, "pending", "the order " + order.reference() + " is not decided yet");
    }

    private Map<String, Object> checkout(DemoOrder order) {
        Map<String, Object> body = new HashMap<>();
        List<Map<String, Object>> lines = new ArrayList<>();
        baskets.of(order).forEach((product, quantity) -> lines.add(Map.of("productId", product, "quantity", quantity)));
        body.put("lines", lines);
        if (order.buyer() < customers.size()) {
            Customer buyer = customers.get(order.buyer());
            body.put("customerId", buyer.id());
            body.put("shippingAddress", buyer.person().address());
        } else {
            body.put("email", "sam.hart@shop.example");
            body.put("shippingAddress", GUEST_ADDRESS);
        }
        Instant placedAt = order.placedAt(today);
        if (placedAt != null) {
            body.put("placedAt", placedAt.toString());
        }
        body.put("externalReference", order.reference());
        return body;
    }

    private void bringForward(DemoOrder order, String id) {
        switch (order.becomes()) {
            case WAITS -> {
                // Somebody of the shop is to send it.
            }
            case PACKED -> pack(order, id, false);
            case SENT -> pack(order, id, true);
            case DELIVERED -> deliver(order, id);
            case CANCELLED -> cancel(order, id);
            case REFUNDED -> refund(order, id, Map.of("reason", "It came too late for the party."));
            case PARTLY_REFUNDED ->
                refund(order, id, Map.of("reason", "One cup was chipped.", "amount", DemoClient.money("2.00")));
        }
    }

    private void pack(DemoOrder order, String id, boolean sent) {
        JsonNode present = whenPaid(id);
        if (present.path("shipments").isEmpty() && isOpen(present)) {
            client.shop()
                    .post(
                            ORDERS + "/" + id + "/shipments",
                            Map.of(
                                    "carrier",
                                    "Post",
                                    "trackingNumber",
                                    "0034043416109400" + (1000 + order.number()),
                                    "sent",
                                    sent),
                            "demo:" + order.reference() + ":parcel");
        }
    }

    private void deliver(DemoOrder order, String id) {
        pack(order, id, true);
        for (JsonNode parcel : client.shop().get(ORDERS + "/" + id).path("shipments")) {
            if (parcel.path("status").asString().equals("SHIPPED")) {
                client.shop()
                        .post(
                                ORDERS + "/" + id + "/shipments/"
                                        + parcel.path("id").asString() + "/status",
                                Map.of("status", "DELIVERED", "note", "left with the buyer"),
                                "demo:" + order.reference() + ":delivered");
            }
        }
    }

    private void cancel(DemoOrder order, String id) {
        if (isOpen(whenPaid(id))) {
            client.shop()
                    .post(
                            ORDERS + "/" + id + "/cancellations",
                            Map.of("reason", "The buyer has ordered it twice."),
                            "demo:" + order.reference() + ":cancelled");
        }
    }

    private void refund(DemoOrder order, String id, Map<String, Object> request) {
        JsonNode present = whenPaid(id);
        if (present.path("refunds").isEmpty() && isOpen(present)) {
            client.shop().post(ORDERS + "/" + id + "/refunds", request, "demo:" + order.reference() + ":refund");
        }
    }

    private static boolean isOpen(JsonNode order) {
        return order.path("status").asString().equals("CONFIRMED");
    }

    /** The order, once its payment is captured, which happens a moment after it was placed. */
    private JsonNode whenPaid(String id) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            JsonNode order = client.shop().get(ORDERS + "/" + id);
            if (!isOpen(order)
                    || !UNPAID.contains(order.path("payment").path("status").asString())) {
                return order;
            }
            Side.pause(WAIT);
        }
        throw new ApiException(0, "not-captured", "the payment of the order " + id + " is not captured");
    }
}
