package org.cartulary.app.retail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.app.client.ApiClient;
import org.cartulary.app.client.ApiException;
import tools.jackson.databind.JsonNode;

/**
 * Places invoices as orders over the public API. Idempotency keys are made from invoice numbers, so that an invoice
 * becomes one order however often it is placed. Thread-safe.
 */
final class RetailOrders {

    /** What the file does not say of an address. */
    private static final String NOT_IN_FILE = "not in the file";

    /** Longer than the lease of a saga, after which another process completes what a killed one has begun. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration WAIT = Duration.ofMillis(500);

    private final ApiClient client;
    private final Map<String, String> productIds;
    private final Map<String, String> customerIds;
    private final String shippingMethodId;

    RetailOrders(
            ApiClient client,
            Map<String, String> productIds,
            Map<String, String> customerIds,
            String shippingMethodId) {
        this.client = client;
        this.productIds = productIds;
        this.customerIds = customerIds;
        this.shippingMethodId = shippingMethodId;
    }

    /** The address of an imported customer, in a domain that can never exist (RFC 2606): the file names none. */
    static String emailOfCustomer(String number) {
        return "customer-" + number + "@" + RetailShop.NAME + ".invalid";
    }

    /**
     * Places the invoice, or finds that it was placed before.
     *
     * @throws ApiException if it cannot be placed
     */
    void place(RetailInvoice invoice) {
        long begun = System.nanoTime();
        while (true) {
            try {
                placeOnce(invoice);
                return;
            } catch (ApiException e) {
                if (!mayWorkLater(e) || System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw e;
                }
                pause();
            }
        }
    }

    private void placeOnce(RetailInvoice invoice) {
        String key = RetailShop.NAME + ":" + invoice.number();
        JsonNode checkout = client.post("/api/v1/store/checkouts", checkout(invoice), key + ":checkout")
                .body();
        ApiClient.Answer answer = client.post(
                "/api/v1/store/checkouts/" + checkout.path("id").asString() + "/completions",
                Map.of("payment", Map.of("provider", "TEST", "token", "tok_ok")),
                key + ":completion");
        if (answer.status() == 202) {
            throw new ApiException(202, "pending", "invoice " + invoice.number() + " is not decided yet");
        }
    }

    private Map<String, Object> checkout(RetailInvoice invoice) {
        Map<String, Object> body = new HashMap<>();
        List<Map<String, Object>> lines = new ArrayList<>();
        for (RetailLine line : invoice.lines()) {
            String product = productIds.get(line.stockCode());
            if (product == null) {
                throw new ApiException(
                        0,
                        "not-imported",
                        "the product " + line.stockCode() + " was not imported; import the file first");
            }
            lines.add(Map.of(
                    "productId", product,
                    "quantity", line.quantity(),
                    "unitPrice", Map.of("amount", line.pennyPrice().toPlainString(), "currency", RetailShop.CURRENCY)));
        }
        body.put("lines", lines);
        String customer = invoice.customer();
        if (customer == null) {
            body.put("email", "guest-" + invoice.number() + "@" + RetailShop.NAME + ".invalid");
        } else {
            body.put("customerId", customerIds.get(customer));
        }
        body.put(
                "shippingAddress",
                Map.of(
                        "addressLine1",
                        NOT_IN_FILE,
                        "city",
                        NOT_IN_FILE,
                        "country",
                        RetailCountries.code(invoice.country())));
        body.put("placedAt", invoice.placedAt().toString());
        body.put("externalReference", invoice.number());
        body.put("shippingMethodId", shippingMethodId);
        return body;
    }

    /** Whether the platform was away or busy, or another run is placing the same invoice at this moment. */
    private static boolean mayWorkLater(ApiException e) {
        return e.status() == 202
                || e.status() == 503
                || e.code().equals("request-in-progress")
                || e.code().equals("checkout-in-progress");
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(0, "interrupted", "interrupted between two attempts");
        }
    }
}
