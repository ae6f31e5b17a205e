package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Commands;
import org.cartulary.tests.support.DatabaseOwner;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A shop is suspended: nobody is served in its name, and nothing that it has begun stays half done. */
@Tag("PLT-17")
@ExtendWith(SharedInstallation.class)
@HoldsThePlatform("suspends a shop between the steps of a purchase")
final class SuspendedTenantJourneyTest {

    private static final String TENANTS = "/api/v1/admin/tenants/";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int UNITS = 5;

    private final Installation installation;

    SuspendedTenantJourneyTest(Installation installation) {
        this.installation = installation;
    }

    /** A shop of its own, its id, and what it sells for 20.00. */
    private record Market(Installation shop, String tenantId, String product) {

        static Market open(Installation installation) {
            Installation shop = installation.withShopOfItsOwn();
            Merchant merchant = shop.merchant();
            merchant.sendEverywhere();
            String product = merchant.product("20.00", UNITS);
            try (DatabaseOwner owner = new DatabaseOwner(shop.dataDirectory())) {
                UUID tenantId = owner.one(
                        "catalog", UUID.class, "SELECT tenant_id FROM products WHERE id = ?", UUID.fromString(product));
                return new Market(shop, tenantId.toString(), product);
            }
        }

        void suspend() {
            shop.operator()
                    .post(TENANTS + tenantId + "/suspensions", Map.of("reason", "the invoice is open"))
                    .expect(200);
        }

        void activate() {
            shop.operator()
                    .post(TENANTS + tenantId + "/activations", Map.of("reason", "the invoice is paid"))
                    .expect(200);
        }
    }

    @Test
    void nobodyIsServedUntilTheShopIsOpenAgain() {
        Market market = Market.open(installation);
        Buyer buyer = Buyer.customer(market.shop().visitor());
        HttpShop staff = market.shop().merchant().shop();
        market.suspend();

        for (HttpShop caller : List.of(market.shop().visitor(), buyer.shop(), staff)) {
            caller.get("/api/v1/store/products").expectProblem(403, "tenant-suspended");
            caller.postOnce("/api/v1/store/carts", Map.of("items", List.of())).expectProblem(403, "tenant-suspended");
        }
        staff.get("/api/v1/admin/settings").expectProblem(403, "tenant-suspended");
        staff.postOnce("/api/v1/admin/products", Map.of("sku", "X", "name", "X", "price", Merchant.Money.euros("1.00")))
                .expectProblem(403, "tenant-suspended");
        market.shop()
                .visitor()
                .post("/api/v1/store/sessions", Map.of("email", buyer.email(), "password", "correct horse battery"))
                .expectProblem(403, "tenant-suspended");
        JsonNode seen =
                market.shop().operator().get(TENANTS + market.tenantId()).expect(200);
        assertThat(seen.path("active").asBoolean(true)).isFalse();
        installation.visitor().get("/api/v1/store/products").expect(200);

        market.activate();
        buyer.shop().get("/api/v1/store/products").expect(200);
    }

    @Test
    void onlyTheOperatorSuspendsAShop() {
        Market market = Market.open(installation);
        HttpShop staff = market.shop().merchant().shop();
        for (String resource : List.of("/suspensions", "/activations")) {
            staff.post(TENANTS + market.tenantId() + resource, Map.of("reason", "x"))
                    .expectProblem(403, "forbidden");
        }
        staff.get(TENANTS + market.tenantId()).expectProblem(403, "forbidden");
        market.shop()
                .operator()
                .post(TENANTS + market.tenantId() + "/suspensions", Map.of("reason", " "))
                .expectProblem(422, "invalid-request", "/reason");
        market.shop()
                .operator()
                .post(TENANTS + UUID.randomUUID() + "/suspensions", Map.of("reason", "x"))
                .expectProblem(404, "tenant-not-found");
    }

    @Test
    void theCommandLineDoesTheSame() {
        String name = "cli-" + UUID.randomUUID().toString().substring(0, 13);
        String data = "--data-dir=" + installation.dataDirectory();
        assertThat(Commands.run("tenant", "create", name, "--host=" + name + ".example", "--currency=GBP", data)
                        .out())
                .contains(name, "active", "GBP", name + ".example");
        assertThat(Commands.run("tenant", "configure", name, "--host=" + name + ".test", "--language=fr", data)
                        .out())
                .contains(name + ".test")
                .doesNotContain(".example");
        assertThat(Commands.run("tenant", "suspend", name, "--reason=a try", data)
                        .out())
                .contains("suspended");
        HttpShop visitor = installation.visitor().at(name + ".test");
        visitor.get("/api/v1/store/products").expectProblem(403, "tenant-suspended");
        assertThat(Commands.run("tenant", "list", data).out()).contains(name);
        assertThat(Commands.run("tenant", "activate", name, "--reason=a try", data)
                        .out())
                .contains("active");
        visitor.get("/api/v1/store/products").expect(200);

        Commands.Outcome unknown = Commands.run("tenant", "suspend", "nobody", "--reason=x", data);
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("there is no tenant of the name nobody");
        assertThat(Commands.run("tenant", "suspend", name, data).status()).isEqualTo(2);
    }

    /** The shop is suspended by the thread that runs the purchase, right at the point, before it goes on. */
    @ParameterizedTest
    @CsvSource({
        "started, tok_ok, completed",
        "reserve-stock/done, tok_ok, completed",
        "create-order/done, tok_ok, completed",
        "authorize-payment/done, tok_ok, completed",
        "confirm-order/before, tok_ok, completed",
        "end/before, tok_ok, completed",
        "end/written, tok_ok, completed",
        "suspended, tok_timeout, completed",
        "authorize-payment/before, tok_declined, compensated",
        "create-order/undoing, tok_declined, compensated",
        "reserve-stock/undone, tok_declined, compensated"
    })
    void aPurchaseInTheMiddleOfWhichItsShopIsSuspendedEndsWhole(String point, String card, String end) {
        Market market = Market.open(installation);
        Buyer buyer = Buyer.guest(market.shop().visitor());
        String checkout = buyer.checkout(buyer.cart(market.product(), 2));
        InterruptedSagas.at("place-order", point, market::suspend);

        HttpShop.Answer answer = buyer.complete(checkout, Buyer.card(card));

        assertThat(InterruptedSagas.happened()).as("the saga passes " + point).isTrue();
        assertThat(answer.status()).as(answer.text()).isIn(201, 202, 402);
        market.shop().visitor().get("/api/v1/store/products").expectProblem(403, "tenant-suspended");
        String payment = end.equals("completed") ? "CAPTURED" : "FAILED";
        awaitTheEnd(market, end, payment);
        Reconciled reconciled = Reconciled.by(market.shop().operator());
        assertThat(reconciled.breaches()).isEmpty();

        market.activate();
        int expected = end.equals("completed") ? UNITS - 2 : UNITS;
        assertThat(market.shop().merchant().available(market.product())).isEqualTo(expected);
        JsonNode orders =
                market.shop().merchant().shop().get("/api/v1/admin/orders").expect(200);
        assertThat(orders.at("/items/0/status").asString())
                .isEqualTo(end.equals("completed") ? "CONFIRMED" : "CANCELLED");
    }

    /** While the shop is suspended: what its customers could ask for is asked of the databases. */
    private static void awaitTheEnd(Market market, String end, String payment) {
        UUID tenant = UUID.fromString(market.tenantId());
        try (DatabaseOwner owner = new DatabaseOwner(market.shop().dataDirectory())) {
            Eventually.holds("the purchase is " + end + " and its payment " + payment, LIMIT, () -> {
                List<String> sagas = owner.all(
                        "checkout", String.class, "SELECT status FROM saga_instances WHERE tenant_id = ?", tenant);
                List<String> payments =
                        owner.all("payment", String.class, "SELECT status FROM payments WHERE tenant_id = ?", tenant);
                return sagas.equals(List.of(end)) && Set.of(payment).containsAll(payments) && !payments.isEmpty();
            });
            BigDecimal captured = owner.one(
                    "payment",
                    BigDecimal.class,
                    "SELECT coalesce(sum(captured_amount), 0) FROM payments WHERE tenant_id = ?",
                    tenant);
            assertThat(captured).isEqualByComparingTo(end.equals("completed") ? "44.90" : "0");
        }
    }
}
