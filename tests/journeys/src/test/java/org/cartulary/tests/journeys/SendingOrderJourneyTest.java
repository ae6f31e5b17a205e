package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cartulary.platform.ids.Ids;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Orders are sent and delivered over HTTP. */
@Tag("SHP-02")
@ExtendWith(SharedInstallation.class)
final class SendingOrderJourneyTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String URL = "https://post.example/follow/1Z999";

    private final Installation installation;

    SendingOrderJourneyTest(Installation installation) {
        this.installation = installation;
    }

    private static String bought(Merchant merchant, Buyer buyer, String product, int quantity) {
        String id = buyer.buy(product, quantity, Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        Eventually.holds(
                "the payment is captured",
                LIMIT,
                () -> merchant.payments(id).at("/0/status").asString("").equals("CAPTURED"));
        return id;
    }

    private static JsonNode seen(HttpShop guest, String id) {
        return guest.get("/api/v1/store/orders/" + id).expect(200);
    }

    @Test
    @Tag("ORD-02")
    @Tag("ORD-04")
    void anOrderIsSentInPartsFollowedByItsBuyerAndDelivered() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        HttpShop shop = merchant.shop();
        String product = merchant.product("19.90", 10);
        Buyer buyer = Buyer.guest(installation.visitor());
        HttpShop guest = buyer.shop();
        String id = bought(merchant, buyer, product, 3);
        String path = "/api/v1/admin/orders/" + id + "/shipments";
        assertThat(toBeSent(shop)).contains(id);
        String line = seen(guest, id).at("/items/0/id").asString();

        Map<String, Object> one = Map.of(
                "lines",
                List.of(Map.of("orderItemId", line, "quantity", 1)),
                "carrier",
                "Post",
                "trackingNumber",
                "1Z999",
                "trackingUrl",
                URL,
                "sent",
                true);
        JsonNode first = shop.post(path, one, "k1").expect(201);
        assertThat(first.path("orderStatus").asString()).isEqualTo("PARTIALLY_SHIPPED");
        assertThat(shop.post(path, one, "k1").expect(201)).isEqualTo(first);

        JsonNode order = seen(guest, id);
        assertThat(order.path("status").asString()).isEqualTo("PARTIALLY_SHIPPED");
        assertThat(order.at("/shipments/0/trackingUrl").asString()).isEqualTo(URL);
        assertThat(order.at("/shipments/0/lines/0/quantity").asInt()).isEqualTo(1);
        assertThat(order.at("/items/0/sent").asInt()).isEqualTo(1);
        guest.postOnce("/api/v1/store/orders/" + id + "/cancellations", Map.of())
                .expectProblem(409, "order-not-cancellable");
        installation.visitor().get("/api/v1/store/orders/" + id).expectProblem(404, "order-not-found");

        JsonNode rest = shop.postOnce(path, Map.of("carrier", "Post")).expect(201);
        assertThat(rest.path("status").asString()).isEqualTo("PENDING");
        String second = path + "/" + rest.path("shipmentId").asString();
        shop.send("PUT", second, "{\"trackingNumber\": \"1Z998\"}", json("If-Match", "\"1\""))
                .expect(200);
        assertThat(shop.post(second + "/status", Map.of("status", "SHIPPED"))
                        .expect(200)
                        .path("orderStatus")
                        .asString())
                .isEqualTo("SHIPPED");
        assertThat(toBeSent(shop)).doesNotContain(id);
        shop.post(second + "/status", Map.of("status", "IN_TRANSIT", "place", "Leeds"))
                .expect(200);
        for (String shipment : List.of(path + "/" + first.path("shipmentId").asString(), second)) {
            shop.post(shipment + "/status", Map.of("status", "DELIVERED")).expect(200);
        }

        order = seen(guest, id);
        assertThat(order.path("status").asString()).isEqualTo("DELIVERED");
        assertThat(order.path("completedAt").isString()).isTrue();
        assertThat(order.at("/items/0/delivered").asInt()).isEqualTo(3);
        assertThat(order.at("/shipments/1/history/2/place").asString()).isEqualTo("Leeds");
        assertThat(shop.get("/api/v1/admin/orders/" + id + "/history")
                        .expect(200)
                        .path("items")
                        .findValuesAsString("type"))
                .endsWith(
                        "order.shipment-sent.v1",
                        "order.shipment-sent.v1",
                        "order.shipment-delivered.v1",
                        "order.shipment-delivered.v1",
                        "order.delivered.v1");
        shop.get("/api/v1/admin/orders/" + id + "/as-of/" + "2999-01-01T00:00:00Z")
                .expect(200);
        assertThat(merchant.available(product)).isEqualTo(7);
    }

    @Test
    @Tag("ORD-06")
    void whatIsGivenBackBeforeItIsSentIsForSaleAgainAndNotSent() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        HttpShop shop = merchant.shop();
        String product = merchant.product("19.90", 10);
        Buyer buyer = Buyer.guest(installation.visitor());
        String id = bought(merchant, buyer, product, 3);
        String path = "/api/v1/admin/orders/" + id;
        String line = seen(buyer.shop(), id).at("/items/0/id").asString();
        String shipment = shop.postOnce(
                        path + "/shipments",
                        Map.of("lines", List.of(Map.of("orderItemId", line, "quantity", 1)), "sent", true))
                .expect(201)
                .path("shipmentId")
                .asString();
        shop.post(path + "/shipments/" + shipment + "/status", Map.of("status", "DELIVERED"))
                .expect(200);

        shop.postOnce(
                        path + "/refunds",
                        Map.of(
                                "amount",
                                Merchant.Money.euros("19.90"),
                                "reason",
                                "one is broken",
                                "restock",
                                List.of(Map.of("productId", product, "quantity", 1))))
                .expect(201);
        assertThat(merchant.available(product)).isEqualTo(8);
        shop.postOnce(path + "/shipments", lines(line, 2)).expectProblem(409, "more-than-left");
        shop.postOnce(path + "/withdrawals", Map.of("lines", List.of(), "reason", "x"))
                .expectProblem(422, "invalid-request", "/lines");
        JsonNode withdrawn = shop.postOnce(
                        path + "/withdrawals",
                        Map.of("lines", List.of(Map.of("orderItemId", line, "quantity", 1)), "reason", "damaged"))
                .expect(201);

        assertThat(withdrawn.path("orderStatus").asString()).isEqualTo("DELIVERED");
        JsonNode order = seen(buyer.shop(), id);
        assertThat(order.path("status").asString()).isEqualTo("DELIVERED");
        assertThat(order.at("/items/0/withdrawn").asInt()).isEqualTo(2);
        assertThat(order.path("withdrawals").size()).isEqualTo(2);
    }

    private static List<String> toBeSent(HttpShop shop) {
        return shop.get("/api/v1/admin/orders?toBeSent=true")
                .expect(200)
                .path("items")
                .findValuesAsString("id");
    }

    private static Map<String, String> json(String header, String value) {
        return Map.of("Content-Type", "application/json", header, value);
    }

    @Test
    void whatMakesNoSenseIsNotSent() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        HttpShop shop = merchant.shop();
        Buyer buyer = Buyer.guest(installation.visitor());
        String id = bought(merchant, buyer, merchant.product("19.90", 10), 2);
        String path = "/api/v1/admin/orders/" + id + "/shipments";
        String line = seen(buyer.shop(), id).at("/items/0/id").asString();

        buyer.shop().postOnce(path, Map.of()).expectProblem(401, "unauthorized");
        HttpShop reader = merchant.integration(installation.visitor(), "orders:read");
        reader.postOnce(path, Map.of()).expectProblem(403, "forbidden");
        reader.get(path).expect(200);
        shop.post(path, Map.of()).expectProblem(400, "idempotency-key-required");
        shop.postOnce("/api/v1/admin/orders/" + Ids.next() + "/shipments", Map.of())
                .expectProblem(404, "order-not-found");
        shop.postOnce(path, Map.of("lines", List.of())).expectProblem(422, "invalid-request", "/lines");
        shop.postOnce(path, lines(line, 0)).expectProblem(422, "invalid-request", "/lines/0/quantity");
        shop.postOnce(path, lines(Ids.next().toString(), 1)).expectProblem(422, "invalid-request", "/lines");
        shop.postOnce(path, lines(line, 3)).expectProblem(409, "more-than-left");
        shop.postOnce(path, Map.of("trackingUrl", "http://post.example"))
                .expectProblem(422, "invalid-request", "/trackingUrl");
        String shipment = path + "/"
                + shop.postOnce(path, Map.of()).expect(201).path("shipmentId").asString();
        shop.postOnce(path, Map.of()).expectProblem(409, "nothing-to-send");
        shop.post(shipment + "/status", Map.of("status", "DELIVERED")).expectProblem(409, "illegal-shipment-state");
        shop.post(shipment + "/status", Map.of("status", "LOST")).expectProblem(422, "invalid-request", "/status");
        shop.post(shipment + "/status", Map.of("status", "SHIPPED", "at", "2999-01-01T00:00:00Z"))
                .expectProblem(422, "invalid-request", "/at");
        shop.put(shipment, Map.of()).expectProblem(428, "precondition-required");
        shop.send("PUT", shipment, "{}", json("If-Match", "\"7\"")).expectProblem(412, "precondition-failed");
        buyer.shop()
                .postOnce("/api/v1/store/orders/" + id + "/cancellations", Map.of())
                .expect(201);
        assertThat(shop.get(path).expect(200).at("/items/0/status").asString()).isEqualTo("CANCELLED");
    }

    private static Map<String, Object> lines(String line, int quantity) {
        return Map.of("lines", List.of(Map.of("orderItemId", line, "quantity", quantity)));
    }
}
