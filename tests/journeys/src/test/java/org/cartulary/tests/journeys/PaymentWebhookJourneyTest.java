package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What payment providers tell unasked, and what they really charged, over HTTP. */
@Tag("PAY-04")
@ExtendWith(SharedInstallation.class)
final class PaymentWebhookJourneyTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String CHARGES = "/api/v1/admin/test-provider/charges?orderId=";

    private final Installation installation;
    private Merchant merchant;
    private WebhookSender provider;
    private String product;

    PaymentWebhookJourneyTest(Installation installation) {
        this.installation = installation;
    }

    @BeforeEach
    void openTheShop() {
        merchant = installation.merchant();
        merchant.sendEverywhere();
        product = merchant.product("20.00", 10);
        provider = WebhookSender.of(installation.visitor(), merchant.shop());
    }

    /** The order of a purchase whose outcome nobody knows yet. */
    private String pending(String token) {
        JsonNode answer = Buyer.guest(installation.visitor())
                .buy(product, 1, Buyer.card(token))
                .expect(202);
        assertThat(answer.path("status").asString()).isEqualTo("PENDING");
        return answer.path("orderId").asString();
    }

    private JsonNode charges(String order) {
        return merchant.shop().get(CHARGES + order).expect(200);
    }

    private String paymentStatus(String order) {
        return merchant.payments(order).at("/0/status").asString("");
    }

    private void assertThatItIsSoldAndChargedOnce(String order) {
        Eventually.holds(
                "the order is confirmed and captured",
                LIMIT,
                () -> paymentStatus(order).equals("CAPTURED"));
        assertThat(merchant.shop()
                        .get("/api/v1/admin/orders/" + order)
                        .expect(200)
                        .path("status")
                        .asString())
                .isEqualTo("CONFIRMED");
        JsonNode charged = charges(order);
        assertThat(charged.path("liveCharges").asInt()).isEqualTo(1);
        assertThat(charged.path("captures").asInt()).isEqualTo(1);
        assertThat(charged.path("refunds").asInt()).isZero();
        assertThat(charged.at("/charges/0/captured/amount").asString()).isEqualTo("24.90");
        assertThat(merchant.available(product)).isEqualTo(9);
    }

    /** A client of another shop, with these permissions there. */
    private HttpShop otherShop(String... permissions) {
        String name = "hooked-" + UUID.randomUUID().toString().substring(0, 8);
        String tenant = installation
                .operator()
                .post("/api/v1/admin/tenants", Map.of("name", name, "displayName", "Other", "hosts", List.of()))
                .expect(201)
                .path("id")
                .asString();
        Map<String, Object> key = Map.of("name", "journey", "permissions", List.of(permissions));
        return installation
                .visitor()
                .bearing(installation
                        .operator()
                        .post("/api/v1/admin/tenants/" + tenant + "/api-keys", key)
                        .expect(201)
                        .path("key")
                        .asString());
    }

    @Test
    @Tag("PAY-06")
    void aPurchaseWhoseAnswerNeverComesIsCompletedByAWebhook() {
        String order = pending("tok:authorize=lost");
        assertThat(provider.tell(order).status()).isEqualTo(204);
        assertThatItIsSoldAndChargedOnce(order);
        assertThat(provider.tell(order).status()).isEqualTo(204);
        assertThatItIsSoldAndChargedOnce(order);
    }

    @Test
    @Tag("PAY-06")
    void aWebhookThatComesAfterThePurchaseWasCompletedChangesNothing() {
        String order = pending("tok:authorize=lost-then-ok");
        assertThatItIsSoldAndChargedOnce(order);
        JsonNode before = charges(order);
        assertThat(provider.tell(order).status()).isEqualTo(204);
        assertThatItIsSoldAndChargedOnce(order);
        assertThat(charges(order)).isEqualTo(before);
    }

    @Test
    @Tag("PAY-03")
    @Tag("PAY-06")
    void theProvidersOwnWebhooksCompleteAPurchaseThoughTheyComeTwiceAndInAnyOrder() {
        String twice = pending("tok:authorize=lost,capture=lost-then-ok,webhook=twice");
        assertThatItIsSoldAndChargedOnce(twice);
        product = merchant.product("20.00", 10);
        assertThatItIsSoldAndChargedOnce(pending("tok:authorize=lost,webhook=newest-first"));
    }

    @Test
    @Tag("PAY-06")
    void whatTheProviderHasNotDoneIsNotBelieved() {
        String order = pending("tok:authorize=timeout-then-timeout-then-timeout-then-declined");
        assertThat(provider.send(WebhookSender.newId(), Instant.now(), WebhookSender.about(order))
                        .status())
                .isIn(204, 503);
        Eventually.holds("it is declined", LIMIT, () -> paymentStatus(order).equals("FAILED"));
        assertThat(charges(order).path("liveCharges").asInt()).isZero();
        Eventually.holds("the stock is free", LIMIT, () -> merchant.available(product) == 10);
    }

    @Test
    void aMessageIsHandledOnceHoweverOftenItComes() {
        String order = pending("tok:authorize=lost");
        String id = WebhookSender.newId();
        Instant now = Instant.now();
        for (int time = 1; time <= 3; time++) {
            assertThat(provider.send(id, now, WebhookSender.about(order)).status())
                    .isEqualTo(204);
        }
        assertThatItIsSoldAndChargedOnce(order);
    }

    @Test
    void onlyWhatIsSignedForThisShopAndNotOldIsHeard() {
        String order = pending("tok:authorize=lost");
        String id = WebhookSender.newId();
        Instant now = Instant.now();
        String body = WebhookSender.about(order);
        String good = "v1," + provider.signature(id, now, body);
        HttpShop other = otherShop("settings:write");
        WebhookSender stranger = WebhookSender.of(installation.visitor(), other);
        assertThat(stranger.secret()).isNotEqualTo(provider.secret());

        for (HttpShop.Answer refused : List.of(
                stranger.send(id, now, body),
                provider.send(id, now, "v1,AAAA", body),
                provider.send(id, now, good.replace("v1,", "v2,"), body),
                provider.send(id, now, good, body + " "),
                provider.send(WebhookSender.newId(), now, good, body),
                provider.send(id, now.plusSeconds(1), good, body),
                provider.send(id, now.minus(Duration.ofMinutes(6)), body),
                provider.send(id, now.plus(Duration.ofMinutes(6)), body))) {
            refused.expectProblem(401, "invalid-webhook-signature");
        }
        // The other shop is told of an order that it does not have.
        assertThat(WebhookSender.of(other, other).tell(order).status()).isEqualTo(204);
        assertThat(paymentStatus(order)).isEqualTo("PENDING");

        assertThat(provider.send(id, now, "v1,AAAA " + good, body).status()).isEqualTo(204);
        assertThatItIsSoldAndChargedOnce(order);
    }

    @Test
    void theBytesThatCameAreWhatIsSigned() {
        String order = pending("tok:authorize=lost");
        String odd = " {\"data\" : {\"key\":\"" + order
                + ":authorize\", \"note\":\"Gr\u00fc\u00dfe \\u00e9\"},\r\n\t\"x\":1.0} ";
        assertThat(provider.send(WebhookSender.newId(), Instant.now(), odd).status())
                .isEqualTo(204);
        assertThatItIsSoldAndChargedOnce(order);
        for (String nothingOfOurs : List.of("no JSON", "[]", "{\"data\":{\"key\":\"x:authorize\"}}")) {
            assertThat(provider.send(WebhookSender.newId(), Instant.now(), nothingOfOurs)
                            .status())
                    .isEqualTo(204);
        }
    }

    @Test
    void whatIsNoMessageIsRefused() {
        provider.send("m".repeat(201), Instant.now(), "{}").expectProblem(400, "invalid-webhook-id");
        assertThat(installation
                        .visitor()
                        .send("POST", provider.path(), "{}", Map.of())
                        .status())
                .isEqualTo(400);
        assertThat(new WebhookSender(installation.visitor(), "/api/v1/webhooks/payments/NOBODY", provider.secret())
                        .send(WebhookSender.newId(), Instant.now(), "{}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    @Tag("PLT-17")
    void theSecretIsForThoseWhoMayChangeSettings() {
        String path = "/api/v1/admin/payment-webhooks/TEST";
        JsonNode access = merchant.shop().get(path).expect(200);
        assertThat(access.path("path").asString()).isEqualTo("/api/v1/webhooks/payments/TEST");
        assertThat(access.path("secret").asString()).matches("whsec_[A-Za-z0-9+/]{43}=");
        installation.visitor().get(path).expectProblem(401, "unauthorized");
        merchant.integration(installation.visitor(), "orders:read").get(path).expectProblem(403, "forbidden");
    }

    @Test
    @Tag("PAY-03")
    @Tag("PLT-17")
    void whatWasReallyChargedIsShownToTheShopWhoseOrderItIs() {
        String order = Buyer.guest(installation.visitor())
                .buy(product, 1, Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        assertThatItIsSoldAndChargedOnce(order);
        assertThat(charges(order).at("/charges/0/asked")).hasSize(2);
        installation.visitor().get(CHARGES + order).expectProblem(401, "unauthorized");
        merchant.integration(installation.visitor(), "stock:read")
                .get(CHARGES + order)
                .expectProblem(403, "forbidden");
        JsonNode strangers = otherShop("orders:read").get(CHARGES + order).expect(200);
        assertThat(strangers.path("liveCharges").asInt()).isZero();
        assertThat(strangers.path("charges")).isEmpty();
        merchant.shop().get(CHARGES + "x").expectProblem(400, "invalid-parameter");
    }
}
