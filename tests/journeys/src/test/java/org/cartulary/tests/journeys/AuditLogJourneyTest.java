package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Commands;
import org.cartulary.tests.support.DatabaseOwner;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HoldsThePlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Critical operations are written down, their shop reads them, and whoever alters them is found. */
@Tag("PLT-29")
@HoldsThePlatform("alters rows as the owner of the database")
@ExtendWith(SharedInstallation.class)
final class AuditLogJourneyTest {

    private final Installation installation;
    private final Merchant merchant;

    AuditLogJourneyTest(Installation installation) {
        this.installation = installation;
        this.merchant = installation.merchant();
    }

    private String apiKey() {
        return merchant.shop()
                .post(
                        "/api/v1/admin/api-keys",
                        Map.of("name", "audited", "permissions", List.of("stock:read"), "expiresInHours", 1))
                .expect(201)
                .path("id")
                .asString();
    }

    private JsonNode entries(String query) {
        JsonNode page = merchant.shop().get("/api/v1/admin/audit-log" + query).expect(200);
        assertThat(page.path("unavailable")).isEmpty();
        return page.path("items");
    }

    private static List<String> actions(JsonNode entries) {
        return entries.valueStream()
                .map(entry -> entry.path("action").asString())
                .toList();
    }

    @Test
    void whatIsDoneToAnApiKeyIsReadByItsShop() {
        String key = apiKey();
        merchant.shop()
                .send("DELETE", "/api/v1/admin/api-keys/" + key, null, Map.of())
                .expect(204);
        merchant.shop()
                .send("DELETE", "/api/v1/admin/api-keys/" + key, null, Map.of())
                .expect(204);

        JsonNode entries = entries("?service=auth&subjectId=" + key);

        assertThat(actions(entries)).containsExactly("api-key.revoked", "api-key.created");
        JsonNode created = entries.path(1);
        assertThat(created.path("service").asString()).isEqualTo("auth");
        assertThat(created.path("details").path("permissions").path(0).asString())
                .isEqualTo("stock:read");
        assertThat(created.path("traceId").asString()).hasSize(32);
        assertThat(created.toString()).doesNotContain("audited");
        assertThat(actions(entries("?action=api-key.revoked&subjectId=" + key))).containsExactly("api-key.revoked");
    }

    @Test
    void theLogIsReadPageByPageOverAllServices() {
        for (int i = 0; i < 3; i++) {
            apiKey();
        }
        JsonNode first = merchant.shop().get("/api/v1/admin/audit-log?limit=2").expect(200);
        JsonNode second = merchant.shop()
                .get("/api/v1/admin/audit-log?limit=2&cursor="
                        + first.path("page").path("next").asString())
                .expect(200);
        assertThat(first.path("items")).hasSize(2);
        assertThat(second.path("items").path(0).path("recordedAt").asString())
                .isLessThan(first.path("items").path(1).path("recordedAt").asString());
    }

    @Test
    void aCancellationAndARefundByTheShopAreWrittenDown() {
        merchant.sendEverywhere();
        String product = merchant.product("10.00", 5);
        String order = order(product);
        Eventually.holds(
                "the money is taken",
                Duration.ofMinutes(3),
                () -> merchant.payments(order).at("/0/status").asString().equals("CAPTURED"));
        merchant.shop()
                .postOnce(
                        "/api/v1/admin/orders/" + order + "/refunds",
                        Map.of("reason", "Ada was sorry", "amount", Merchant.Money.euros("1.00")))
                .expect(201);
        merchant.shop()
                .postOnce("/api/v1/admin/orders/" + order + "/cancellations", Map.of("reason", "Ada asked for it"))
                .expect(201);

        JsonNode entries = entries("?subjectId=" + order);
        assertThat(actions(entries)).containsExactly("order.cancelled", "order.refund-requested");
        assertThat(entries.path(1).path("details").path("amount").asString()).isEqualTo("1.00 EUR");
        assertThat(entries.toString()).doesNotContain("Ada");
    }

    @Test
    void pricesStockAndSettingsThatAreChangedAreWrittenDown() {
        String product = merchant.product("10.00", 5);
        HttpShop.Answer read = merchant.shop().get("/api/v1/admin/products/" + product);
        merchant.shop()
                .send(
                        "PUT",
                        "/api/v1/admin/products/" + product,
                        "{\"price\":{\"amount\":\"11.00\",\"currency\":\"EUR\"}}",
                        Map.of("If-Match", read.headers().firstValue("ETag").orElseThrow()))
                .expect(200);
        merchant.shop()
                .postOnce(
                        "/api/v1/admin/stock-adjustments",
                        Map.of("productId", product, "change", -2, "reason", "Ada broke them"))
                .expect(201);
        merchant.shop()
                .send("DELETE", "/api/v1/admin/products/" + product, null, Map.of())
                .expect(204);

        JsonNode entries = entries("?subjectId=" + product);
        assertThat(actions(entries)).containsExactly("product.deleted", "stock.adjusted", "product.changed");
        assertThat(entries.path(2).path("details").path("price").asString()).isEqualTo("11.00 EUR");
        assertThat(entries.path(1).path("details").path("change").asString()).isEqualTo("-2");
        assertThat(entries.toString()).doesNotContain("Ada");
    }

    private String order(String product) {
        return Buyer.customer(installation.visitor())
                .buy(product, 1, Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
    }

    @Test
    void whoMayNotReadTheLogDoesNot() {
        merchant.integration(installation.visitor(), "stock:read")
                .get("/api/v1/admin/audit-log")
                .expectProblem(403, "forbidden");
        installation.visitor().get("/api/v1/admin/audit-log").expectProblem(401, "unauthorized");
        merchant.shop().post("/api/v1/admin/audit-verifications", Map.of()).expectProblem(403, "forbidden");
        merchant.shop().get("/api/v1/admin/audit-logs/" + UUID.randomUUID()).expectProblem(403, "forbidden");
        installation
                .operator()
                .get("/api/v1/admin/audit-logs/" + new UUID(0, 0))
                .expect(200);
    }

    @Test
    void whoeverAltersAnEntryIsFound(@TempDir Path folder) {
        String key = apiKey();
        String data = "--data-dir=" + installation.dataDirectory();
        Path anchors = folder.resolve("anchors.txt");
        Commands.Outcome unkept = Commands.run("audit-log", data, "--anchors=" + anchors);
        assertThat(unkept.status()).isEqualTo(1);
        assertThat(unkept.err()).contains("anchors.txt does not exist").doesNotContain("should not have happened");
        assertThat(Commands.run("audit-log", data, "--keep=" + anchors).out()).contains("All chains are whole.");
        apiKey();
        assertThat(Commands.run("audit-log", data, "--anchors=" + anchors).status())
                .isZero();

        try (DatabaseOwner owner = new DatabaseOwner(installation.dataDirectory())) {
            alter(owner, "api-key.revised", "api-key.created", key);
            try {
                Commands.Outcome found = Commands.run("audit-log", data);
                assertThat(found.status()).isEqualTo(1);
                assertThat(found.out()).contains("altered at entry", "it is not what was written");
                JsonNode report = installation
                        .operator()
                        .post("/api/v1/admin/audit-verifications", Map.of())
                        .expect(200);
                assertThat(report.path("ok").asBoolean(true)).isFalse();
            } finally {
                alter(owner, "api-key.created", "api-key.revised", key);
            }
            assertThat(Commands.run("audit-log", data, "--anchors=" + anchors).status())
                    .isZero();
        }
    }

    private static void alter(DatabaseOwner owner, String to, String from, String key) {
        owner.change("auth", "ALTER TABLE audit_log DISABLE TRIGGER USER");
        int changed = owner.change(
                "auth", "UPDATE audit_log SET action = ? WHERE action = ? AND subject_id = ?::uuid", to, from, key);
        owner.change("auth", "ALTER TABLE audit_log ENABLE TRIGGER USER");
        assertThat(changed).isOne();
    }

    @Test
    void anAnchorThatDoesNotFitIsFound() {
        HttpShop operator = installation.operator();
        apiKey();
        JsonNode chain = operator.post("/api/v1/admin/audit-verifications", Map.of())
                .expect(200)
                .path("chains")
                .valueStream()
                .filter(one -> one.path("service").asString().equals("auth"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> anchor = Map.of(
                "service",
                "auth",
                "tenantId",
                chain.path("tenantId").asString(),
                "number",
                chain.path("entries").asLong() + 1_000,
                "hash",
                "0".repeat(64));

        JsonNode report = operator.post("/api/v1/admin/audit-verifications", Map.of("anchors", List.of(anchor)))
                .expect(200);

        assertThat(report.path("ok").asBoolean(true)).isFalse();
        operator.post(
                        "/api/v1/admin/audit-verifications",
                        Map.of("anchors", List.of(Map.of("service", "auth", "tenantId", new UUID(0, 0), "number", 1))))
                .expectProblem(422, "invalid-request");
    }
}
