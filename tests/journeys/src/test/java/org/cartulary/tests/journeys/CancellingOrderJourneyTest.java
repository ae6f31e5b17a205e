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

/** Orders are cancelled and given back over HTTP. */
@Tag("ORD-06")
@ExtendWith(SharedInstallation.class)
final class CancellingOrderJourneyTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Installation installation;

    CancellingOrderJourneyTest(Installation installation) {
        this.installation = installation;
    }

    private static String bought(Merchant merchant, Buyer buyer, String product) {
        String id =
                buyer.buy(product, 2, Buyer.CARD).expect(201).path("orderId").asString();
        Eventually.holds(
                "the payment is captured",
                LIMIT,
                () -> merchant.payments(id).at("/0/status").asString("").equals("CAPTURED"));
        return id;
    }

    @Test
    void aGuestCancelsAndHasTheMoneyBack() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("19.90", 10);
        Buyer guest = Buyer.guest(installation.visitor());
        String id = bought(merchant, guest, product);
        String path = "/api/v1/store/orders/" + id + "/cancellations";
        assertThat(merchant.available(product)).isEqualTo(8);

        installation.visitor().postOnce(path, Map.of()).expectProblem(404, "order-not-found");
        guest.shop().post(path, Map.of()).expectProblem(400, "idempotency-key-required");
        JsonNode answer =
                guest.shop().post(path, Map.of("reason", "too late"), "k1").expect(201);

        assertThat(answer.path("status").asString()).isEqualTo("CANCELLED");
        assertThat(answer.path("payment").asString()).isEqualTo("REFUNDED");
        assertThat(merchant.available(product)).isEqualTo(10);
        assertThat(merchant.payments(id).at("/0/status").asString()).isEqualTo("REFUNDED");
        assertThat(guest.shop().post(path, Map.of("reason", "too late"), "k1").expect(201))
                .isEqualTo(answer);
        guest.shop()
                .send("POST", path, null, Map.of("Idempotency-Key", "k2"))
                .expectProblem(409, "order-already-cancelled")
                .path("orderStatus");
        JsonNode order = merchant.shop().get("/api/v1/admin/orders/" + id).expect(200);
        assertThat(order.path("status").asString()).isEqualTo("CANCELLED");
    }

    @Test
    void theShopCancelsWithAReason() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("19.90", 10);
        Buyer guest = Buyer.guest(installation.visitor());
        String id = bought(merchant, guest, product);
        String path = "/api/v1/admin/orders/" + id + "/cancellations";

        guest.shop().postOnce(path, Map.of("reason", "x")).expectProblem(401, "unauthorized");
        merchant.integration(installation.visitor(), "orders:read")
                .postOnce(path, Map.of("reason", "x"))
                .expectProblem(403, "forbidden");
        merchant.shop().postOnce(path, Map.of()).expectProblem(422, "invalid-request", "/reason");
        merchant.shop()
                .postOnce("/api/v1/admin/orders/" + Ids.next() + "/cancellations", Map.of("reason", "x"))
                .expectProblem(404, "order-not-found");
        merchant.shop().postOnce(path, Map.of("reason", "out of tea")).expect(201);

        merchant.shop()
                .postOnce("/api/v1/admin/orders/" + id + "/refunds", Map.of("reason", "x"))
                .expectProblem(409, "order-not-refundable");
    }

    @Test
    void whatMakesNoSenseIsNotGivenBack() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("19.90", 10);
        Buyer guest = Buyer.guest(installation.visitor());
        String id = bought(merchant, guest, product);
        String path = "/api/v1/admin/orders/" + id + "/refunds";
        HttpShop shop = merchant.shop();

        guest.shop().postOnce(path, Map.of("reason", "x")).expectProblem(401, "unauthorized");
        shop.postOnce(path, Map.of()).expectProblem(422, "invalid-request", "/reason");
        shop.postOnce(path, Map.of("reason", "x", "amount", Merchant.Money.euros("0.00")))
                .expectProblem(422, "invalid-request", "/amount");
        shop.postOnce(path, Map.of("reason", "x", "amount", Map.of("amount", "1.00", "currency", "GBP")))
                .expectProblem(422, "currency-mismatch", "/amount");
        shop.postOnce(path, Map.of("reason", "x", "amount", Merchant.Money.euros("1000.00")))
                .expectProblem(409, "refund-exceeds-capture");
        shop.postOnce(path, Map.of("reason", "x", "restock", List.of(Map.of("productId", product, "quantity", 3))))
                .expectProblem(409, "restock-exceeds-order");
        shop.postOnce(path, Map.of("reason", "x", "restock", List.of(Map.of("productId", product, "quantity", 0))))
                .expectProblem(422, "invalid-request", "/restock/0/quantity");
        assertThat(merchant.payments(id).at("/0/status").asString()).isEqualTo("CAPTURED");
    }
}
