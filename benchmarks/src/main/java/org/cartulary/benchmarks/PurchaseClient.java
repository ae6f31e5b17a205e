package org.cartulary.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/**
 * A guest who buys, with as few requests as a good client needs: all lines go into the cart at once, under a token that the
 * client chose; a checkout begins with the cheapest way of sending; the completion answers with the order.
 */
final class PurchaseClient implements Load.Client {

    /** How many requests a purchase takes. */
    static final int REQUESTS = 3;

    private static final int CREATED = 201;
    private static final String ADDRESS = """
            {"firstName":"Ada","lastName":"Example","addressLine1":"1 Example Street","city":"Berlin",\
            "postalCode":"10115","country":"DE"}""";
    private static final String PAYMENT = "{\"payment\":{\"provider\":\"TEST\",\"token\":\"tok_ok\"}}";

    private final HttpConnection http;
    private final Random random;
    private final Function<Random, List<String>> choice;

    /**
     * A buyer.
     *
     * @param choice the ids of the products of the next purchase
     */
    PurchaseClient(int port, long seed, Function<Random, List<String>> choice) {
        this.http = new HttpConnection(port);
        this.random = new Random(seed);
        this.choice = choice;
    }

    @Override
    public String once() throws IOException {
        String guest = "Guest-Token: " + UUID.randomUUID() + "\r\n";
        StringBuilder items = new StringBuilder("{\"items\":[");
        for (String product : choice.apply(random)) {
            items.append(items.charAt(items.length() - 1) == '[' ? "" : ",")
                    .append("{\"productId\":\"")
                    .append(product)
                    .append("\",\"quantity\":1}");
        }
        if (http.send("POST", "/api/v1/store/carts", guest, items.append("]}").toString()) != CREATED) {
            return problem("cart");
        }
        String cart = http.field("id");
        String checkout =
                "{\"cartId\":\"" + cart + "\",\"email\":\"ada@guest.example\",\"shippingAddress\":" + ADDRESS + "}";
        if (http.send("POST", "/api/v1/store/checkouts", guest + key(cart), checkout) != CREATED) {
            return problem("checkout");
        }
        String path = "/api/v1/store/checkouts/" + http.field("id") + "/completions";
        return http.send("POST", path, guest + key(cart), PAYMENT) == CREATED ? "" : problem("completion");
    }

    private static String key(String key) {
        return "Idempotency-Key: " + key + "\r\n";
    }

    private String problem(String where) {
        String text = http.body();
        return where + " " + http.status() + (text.contains("\"code\":\"") ? " " + http.field("code") : "");
    }

    @Override
    public void close() {
        http.close();
    }
}
