package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cartulary.tests.support.Buyer;
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
import tools.jackson.databind.JsonNode;

/** Whoever of a shop reads personal data is written down, or reads nothing; customers read their own unnoticed. */
@Tag("PLT-29")
@Tag("CUS-03")
@HoldsThePlatform("takes rights away as the owner of the database")
@ExtendWith(SharedInstallation.class)
final class PersonalDataReadsJourneyTest {

    private final Installation installation;
    private final Merchant merchant;

    PersonalDataReadsJourneyTest(Installation installation) {
        this.installation = installation;
        this.merchant = installation.merchant();
    }

    private JsonNode reads(String query) {
        JsonNode page =
                merchant.shop().get("/api/v1/admin/data-access-log" + query).expect(200);
        assertThat(page.path("unavailable")).isEmpty();
        return page.path("items");
    }

    private static List<String> categories(JsonNode read) {
        return read.path("categories").valueStream().map(JsonNode::asString).toList();
    }

    private JsonNode customer(Buyer buyer) {
        Eventually.holds(
                "the customer appears",
                Duration.ofMinutes(3),
                () -> buyer.shop().get("/api/v1/store/customers/me").status() == 200);
        return buyer.shop().get("/api/v1/store/customers/me").expect(200);
    }

    @Test
    void aListSaysWhomItShowed() {
        JsonNode customer = customer(Buyer.customer(installation.visitor()));
        String id = customer.path("id").asString();
        assertThat(reads("?personId=" + id)).isEmpty();

        HttpShop.Answer answer = merchant.shop()
                .send(
                        "GET",
                        "/api/v1/admin/customers?number="
                                + customer.path("customerNumber").asString(),
                        null,
                        Map.of("X-Access-Reason", "ticket-4711"));
        assertThat(answer.expect(200).path("items")).hasSize(1);

        JsonNode reads = reads("?personId=" + id);
        assertThat(reads).hasSize(1);
        JsonNode read = reads.path(0);
        assertThat(read.path("endpoint").asString()).isEqualTo("GET /api/v1/admin/customers");
        assertThat(read.path("permission").asString()).isEqualTo("customers:read");
        assertThat(read.path("reason").asString()).isEqualTo("ticket-4711");
        assertThat(read.path("subjectKind").asString()).isEqualTo("customer");
        assertThat(categories(read)).contains("email", "name").doesNotContain("phone");
        assertThat(answer.headers().firstValue("traceparent").orElseThrow())
                .contains(read.path("traceId").asString());
        assertThat(read.toString()).doesNotContain("@");
    }

    @Test
    void anOrderIsReadByItsBuyerUnnoticedAndByTheShopOnRecord() {
        merchant.sendEverywhere();
        Buyer buyer = Buyer.customer(installation.visitor());
        String product = merchant.product("10.00", 5);
        String order =
                buyer.buy(product, 1, Buyer.CARD).expect(201).path("orderId").asString();
        buyer.shop().get("/api/v1/store/orders/" + order).expect(200);
        assertThat(reads("?subjectId=" + order)).isEmpty();

        merchant.shop().get("/api/v1/admin/orders/" + order).expect(200);
        HttpShop machine = merchant.integration(installation.visitor(), "orders:read");
        machine.get("/api/v1/store/orders/" + order).expect(200);

        JsonNode reads = reads("?subjectId=" + order);
        assertThat(reads).hasSize(2);
        assertThat(reads.path(0).path("principalKind").asString()).isEqualTo("INTEGRATION");
        assertThat(reads.path(0).path("endpoint").asString()).isEqualTo("GET /api/v1/store/orders/{id}");
        assertThat(categories(reads.path(1))).contains("email", "name", "address");
    }

    @Test
    void whatCannotBeWrittenDownIsNotAnswered() {
        JsonNode customer = customer(Buyer.customer(installation.visitor()));
        String path = "/api/v1/admin/customers?number="
                + customer.path("customerNumber").asString();
        try (DatabaseOwner owner = new DatabaseOwner(installation.dataDirectory())) {
            owner.change("customer", "REVOKE INSERT ON data_access_log FROM customer_app");
            try {
                HttpShop.Answer answer = merchant.shop().get(path);
                assertThat(answer.status()).isGreaterThanOrEqualTo(500);
                assertThat(answer.text()).doesNotContain(customer.path("email").asString());
            } finally {
                owner.change("customer", "GRANT INSERT ON data_access_log TO customer_app");
            }
        }
        merchant.shop().get(path).expect(200);
    }

    @Test
    void aReasonThatCannotBeKeptIsRefused() {
        for (String reason : List.of("x".repeat(101), "asked for by Zenobia Quill")) {
            merchant.shop()
                    .send("GET", "/api/v1/admin/customers", null, Map.of("X-Access-Reason", reason))
                    .expectProblem(400, "invalid-access-reason", "X-Access-Reason:");
        }
    }

    @Test
    void anotherShopSeesNothingOfIt() {
        JsonNode customer = customer(Buyer.customer(installation.visitor()));
        merchant.shop().get("/api/v1/admin/customers").expect(200);
        String id = customer.path("id").asString();
        assertThat(reads("?personId=" + id)).hasSize(1);

        Merchant other = installation.withShopOfItsOwn().merchant();
        assertThat(other.shop()
                        .get("/api/v1/admin/data-access-log?personId=" + id)
                        .expect(200)
                        .path("items"))
                .isEmpty();
        merchant.integration(installation.visitor(), "customers:read")
                .get("/api/v1/admin/data-access-log")
                .expectProblem(403, "forbidden");
    }
}
