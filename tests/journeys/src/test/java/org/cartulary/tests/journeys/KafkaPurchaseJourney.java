package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.cartulary.app.EventSettings;
import org.cartulary.platform.testing.TestKafka;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/** The walk, and what follows it, with all events travelling over Kafka. */
@Tag("PLT-14")
@TestInstance(Lifecycle.PER_CLASS)
abstract class KafkaPurchaseJourney extends PurchaseJourney {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Installation installation;

    /** The processes, all of which have these properties. */
    abstract Installation start(Map<String, String> properties);

    @BeforeAll
    void start() {
        installation =
                start(EventSettings.of("kafka", TestKafka.shared().bootstrap()).properties());
    }

    @AfterAll
    void stop() {
        if (installation != null) {
            installation.close();
        }
    }

    @Override
    final Installation installation() {
        return installation;
    }

    @Test
    void cancellationsAndRefundsReachTheOrderAndTheCustomersStatistics() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("10.00", 10);
        Buyer ada = Buyer.customer(installation.visitor());
        Eventually.holds(
                "the customer's record is there",
                LIMIT,
                () -> ada.shop().get("/api/v1/store/customers/me").status() == 200);
        String cancelled = bought(merchant, ada, product);
        String kept = bought(merchant, ada, product);

        ada.shop()
                .postOnce("/api/v1/store/orders/" + cancelled + "/cancellations", Map.of("reason", "too late"))
                .expect(201);
        merchant.shop()
                .postOnce(
                        "/api/v1/admin/orders/" + kept + "/refunds",
                        Map.of("reason", "a scratch", "amount", Merchant.Money.euros("3.00")))
                .expect(201);

        awaitPaymentStatus(ada, cancelled, "REFUNDED");
        awaitPaymentStatus(ada, kept, "PARTIALLY_REFUNDED");
        String customer = ada.shop()
                .get("/api/v1/store/orders/" + kept)
                .expect(200)
                .path("customerId")
                .asString();
        Eventually.holds("the statistics count each once", LIMIT, () -> {
            JsonNode counted = statistics(merchant.shop(), customer);
            return counted.path("orders").asInt() == 2
                    && counted.path("confirmedOrders").asInt() == 1
                    && counted.path("cancelledOrders").asInt() == 1
                    && counted.at("/gross/amount").asString().equals("24.90")
                    && counted.at("/refunded/amount").asString().equals("3.00");
        });
        JsonNode report = installation
                .operator()
                .post("/api/v1/admin/reconciliations", Map.of())
                .expect(200);
        assertThat(report.path("ok").asBoolean()).as(report.toPrettyString()).isTrue();
    }

    private static String bought(Merchant merchant, Buyer buyer, String product) {
        String order =
                buyer.buy(product, 2, Buyer.CARD).expect(201).path("orderId").asString();
        Eventually.holds(
                "the payment is captured",
                LIMIT,
                () -> merchant.payments(order).at("/0/status").asString("").equals("CAPTURED"));
        return order;
    }

    private static void awaitPaymentStatus(Buyer buyer, String order, String status) {
        Eventually.holds(
                "the order's payment is " + status,
                LIMIT,
                () -> buyer.shop()
                        .get("/api/v1/store/orders/" + order)
                        .expect(200)
                        .at("/payment/status")
                        .asString("")
                        .equals(status));
    }

    /** What the customer ordered in the only currency. */
    static JsonNode statistics(HttpShop shop, String customer) {
        return shop.get("/api/v1/admin/customers/" + customer + "/statistics")
                .expect(200)
                .at("/items/0");
    }
}
