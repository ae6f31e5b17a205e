package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.app.ServiceName;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The walk with the services in four Java machines, one of which is killed. */
@Tag("PLT-14")
@TestInstance(Lifecycle.PER_CLASS)
@HoldsThePlatform("kills a process and reads the logs of all")
final class ManyProcessesJourneyTest extends PurchaseJourney {

    private static final int BUYERS = 12;
    private static final Duration SETTLE_LIMIT = Duration.ofMinutes(5);

    private ProcessGroup group;
    private Installation installation;

    @BeforeAll
    void start() {
        Map<String, Set<ServiceName>> services = new LinkedHashMap<>();
        services.put("inventory", EnumSet.of(ServiceName.INVENTORY));
        services.put("money", EnumSet.of(ServiceName.PAYMENT, ServiceName.ORDER));
        services.put("checkout", EnumSet.of(ServiceName.CHECKOUT, ServiceName.OPERATIONS));
        Set<ServiceName> shop = EnumSet.allOf(ServiceName.class);
        services.values().forEach(shop::removeAll);
        services.put("shop", shop);
        group = ProcessGroup.start(services);
        installation = group.installation();
    }

    @AfterAll
    void stop() {
        if (group != null) {
            group.close();
        }
    }

    @Override
    Installation installation() {
        return installation;
    }

    @Test
    void oneTraceIsFoundInEveryProcessOfAPurchase() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        Buyer guest = Buyer.guest(installation.visitor());
        String checkout = guest.checkout(guest.cart(merchant.product("12.00", 2), 1));
        String traceId = UUID.randomUUID().toString().replace("-", "");

        guest.shop()
                .send(
                        "POST",
                        "/api/v1/store/checkouts/" + checkout + "/completions",
                        JsonMapper.shared().writeValueAsString(Buyer.CARD),
                        Map.of(
                                "Idempotency-Key",
                                UUID.randomUUID().toString(),
                                "traceparent",
                                "00-" + traceId + "-00f067aa0ba902b7-01"))
                .expect(201);

        Eventually.holds(
                "all four processes have logged the trace",
                SETTLE_LIMIT,
                () -> group.whoseLogsName(traceId).equals(Set.of("shop", "inventory", "money", "checkout")));
    }

    @Test
    @Tag("PLT-29")
    void theAuditLogsOfAllProcessesAreReadAndVerified() {
        Merchant merchant = installation.merchant();
        String product = merchant.product("12.00", 2);
        merchant.shop()
                .postOnce(
                        "/api/v1/admin/stock-adjustments",
                        Map.of("productId", product, "change", -1, "reason", "broken"))
                .expect(201);

        JsonNode page = merchant.shop()
                .get("/api/v1/admin/audit-log?subjectId=" + product)
                .expect(200);
        assertThat(page.path("unavailable")).isEmpty();
        assertThat(page.at("/items/0/action").asString()).isEqualTo("stock.adjusted");
        assertThat(page.at("/items/0/service").asString()).isEqualTo("inventory");

        merchant.shop().get("/api/v1/admin/customers").expect(200);
        assertThat(merchant.shop()
                        .get("/api/v1/admin/data-access-log")
                        .expect(200)
                        .path("unavailable"))
                .isEmpty();
        JsonNode report = installation
                .operator()
                .post("/api/v1/admin/audit-verifications", Map.of())
                .expect(200);
        assertThat(report.path("ok").asBoolean(false)).as(report.toString()).isTrue();
    }

    @Test
    void killedInventoryCostsNoOrderAndNoUnit() throws Exception {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("30.00", BUYERS);
        List<Buyer> buyers = new ArrayList<>();
        List<String> checkouts = new ArrayList<>();
        for (int i = 0; i < BUYERS; i++) {
            Buyer buyer = Buyer.guest(installation.visitor());
            buyers.add(buyer);
            checkouts.add(buyer.checkout(buyer.cart(product, 1)));
        }
        List<Future<HttpShop.Answer>> completions = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < BUYERS; i++) {
                int one = i;
                completions.add(threads.submit(() -> buyers.get(one).complete(checkouts.get(one), Buyer.CARD)));
            }
            completions.getFirst().get();
            group.kill("inventory");
            assertThatAShopperIsToldSoonToComeBack(product);
        }
        for (Future<HttpShop.Answer> completion : completions) {
            assertThat(completion.get().status()).as(completion.get().text()).isIn(201, 202, 503);
        }

        group.restart("inventory");

        for (int i = 0; i < BUYERS; i++) {
            int one = i;
            Eventually.holds(
                    "checkout " + i + " is bought", SETTLE_LIMIT, () -> isBought(buyers.get(one), checkouts.get(one)));
        }
        assertThat(merchant.available(product)).isZero();
        Eventually.holds("the records agree", SETTLE_LIMIT, this::recordsAgree);
    }

    /** Bought; a completion that was told to come back, or was undone, is made again under a new key. */
    private static boolean isBought(Buyer buyer, String checkout) {
        JsonNode now = buyer.shop().get("/api/v1/store/checkouts/" + checkout).expect(200);
        if (now.path("status").asString("").equals("OPEN")) {
            buyer.complete(checkout, Buyer.CARD);
        }
        return now.path("status").asString("").equals("COMPLETED");
    }

    /** Carts show what can be had of each product, which inventory knows. */
    private void assertThatAShopperIsToldSoonToComeBack(String product) throws Exception {
        String path = "/api/v1/store/carts";
        String cart = JsonMapper.shared().writeValueAsString(Map.of("items", List.of(Buyer.item(product, 1))));
        HttpRequest request = HttpRequest.newBuilder(URI.create(group.urlOf(path) + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(cart))
                .build();
        long began = System.nanoTime();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 30L);
            JsonNode problem = JsonMapper.shared().readTree(answer.body());
            assertThat(problem.path("code").asString()).isEqualTo("service-unavailable");
            assertThat(problem.path("service").asString()).isEqualTo("inventory");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(1));
    }

    private boolean recordsAgree() {
        return Reconciled.by(installation.operator()).holds();
    }
}
