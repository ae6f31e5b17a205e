package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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

/** What happened to an order is told afterwards, and counts for its customer. */
@Tag("PLT-11")
@ExtendWith(SharedInstallation.class)
final class OrderPastJourneyTest {

    private static final String REBUILDS = "/api/v1/admin/projections/customer-statistics/rebuilds";

    private final Installation installation;

    OrderPastJourneyTest(Installation installation) {
        this.installation = installation;
    }

    @Test
    void anOrderIsToldAsItWasAndCountsForItsCustomer() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("10.00", 5);
        Instant before = Instant.now();
        String order = Buyer.customer(installation.visitor())
                .buy(product, 2, Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        HttpShop admin = merchant.shop();

        JsonNode history = admin.get("/api/v1/admin/orders/" + order + "/history")
                .expect(200)
                .path("items");
        assertThat(history.valueStream().map(event -> event.path("type").asString()))
                .startsWith("order.placed.v1", "order.confirmed.v1");
        String placedAt = history.path(0).path("occurredAt").asString();
        JsonNode placed = admin.get("/api/v1/admin/orders/" + order + "/as-of/" + placedAt)
                .expect(200);
        assertThat(placed.path("status").asString()).isEqualTo("CREATED");
        assertThat(placed.path("items").path(0).path("quantity").asInt()).isEqualTo(2);
        assertThat(admin.get("/api/v1/admin/orders/" + order + "/as-of/"
                                + Instant.now().plusSeconds(5))
                        .expect(200)
                        .path("status")
                        .asString())
                .isEqualTo("CONFIRMED");
        admin.get("/api/v1/admin/orders/" + order + "/as-of/" + before.minusSeconds(1))
                .expectProblem(404, "order-not-found");
        assertThat(admin.get("/api/v1/admin/orders/" + order + "/as-of/yesterday")
                        .status())
                .isIn(400, 404, 422);
        assertThat(admin.get("/api/v1/admin/events?from=" + before + "&to="
                                + Instant.now().plusSeconds(5))
                        .expect(200)
                        .path("items")
                        .valueStream()
                        .map(event -> event.path("aggregateId").asString()))
                .contains(order);
        admin.get("/api/v1/admin/events?from=" + before + "&to=" + before).expectProblem(422, "invalid-time-range");

        String customer = placed.path("customerId").asString();
        Eventually.holds(
                "the order counts",
                Duration.ofMinutes(3),
                () -> admin.get("/api/v1/admin/customers/" + customer + "/statistics")
                                .expect(200)
                                .path("items")
                                .path(0)
                                .path("confirmedOrders")
                                .asInt(0)
                        == 1);
    }

    @Test
    void theOperatorHasTheStatisticsRebuilt() {
        installation.merchant().shop().post(REBUILDS, Map.of()).expectProblem(403, "forbidden");
        JsonNode rebuild = installation.operator().post(REBUILDS, Map.of()).expect(202);
        String path = REBUILDS + "/" + rebuild.path("id").asString();
        Eventually.holds(
                "the rebuild is shown",
                Duration.ofMinutes(3),
                () -> installation
                        .operator()
                        .get(path)
                        .expect(200)
                        .path("status")
                        .asString()
                        .equals("switched"));
        assertThat(installation
                        .operator()
                        .get(path)
                        .expect(200)
                        .path("result")
                        .path("equal")
                        .asBoolean())
                .isTrue();
        installation
                .operator()
                .get(REBUILDS + "/00000000-0000-0000-0000-000000000001")
                .expectProblem(404, "rebuild-not-found");
    }
}
