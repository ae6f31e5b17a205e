package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.cartulary.tests.support.Archive;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.DatabaseOwner;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Reconciled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The whole life of an account, with a look into every table of every database before and after it is forgotten. */
@Tag("PLT-30")
@Tag("CUS-03")
final class PrivacyJourneyTest {

    private static final String STORE = "/api/v1/store";
    private static final String PASSWORD = "correct horse battery";

    private static Installation platform;
    private static DatabaseOwner databases;
    private static DatabaseSearch rescan;

    private final String someone = UUID.randomUUID().toString().substring(24);
    private final String email = "zenobia-" + someone + "@customer.example";
    private final Map<String, String> address = Map.of(
            "firstName", "Zenobia" + someone,
            "lastName", "Quill" + someone,
            "addressLine1", "7 Hidden Lane " + someone,
            "city", "Berlin",
            "postalCode", "10115",
            "country", "DE",
            "phone", "+49301" + Math.floorMod(someone.hashCode(), 1_000_000_000));

    @BeforeAll
    static void start() {
        platform = Installation.inOneProcess();
        databases = new DatabaseOwner(platform.dataDirectory());
        rescan = new DatabaseSearch(databases);
    }

    @AfterAll
    static void stop() {
        databases.close();
        platform.close();
    }

    @Test
    @Tag("PLT-28")
    void anAccountFromItsRegistrationUntilNothingReadableIsLeft() throws IOException {
        HttpShop visitor = platform.visitor();
        Merchant merchant = platform.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("12.50", 20);
        register(visitor);
        Buyer.verifyEmail(visitor, email, PASSWORD);
        JsonNode session = visitor.post(STORE + "/sessions", Map.of("email", email, "password", PASSWORD))
                .expect(201);
        String userId = session.path("userId").asString();
        HttpShop customer = visitor.bearing(session.path("accessToken").asString());
        Eventually.holds(
                "the customer's record is made",
                Duration.ofMinutes(3),
                () -> customer.get(STORE + "/customers/me").status() == 200);
        customer.postOnce(STORE + "/customers/me/addresses", saved()).expect(201);
        customer.put(STORE + "/customers/me/consents/marketing", Map.of("given", true, "textVersion", "1"))
                .expect(200);
        String order = buy(new Buyer(customer, email), product);
        String orderOfGuest = buy(new Buyer(Buyer.guest(visitor).shop(), email), product);
        assertThat(customer.get(STORE + "/orders/" + order)
                        .expect(200)
                        .at("/addresses/shipping/addressLine1")
                        .asString())
                .isEqualTo(address.get("addressLine1"));

        String refunded = buy(new Buyer(customer, email), product);
        giveBack(merchant, refunded);
        customer.postOnce(STORE + "/orders/" + order + "/cancellations", Map.of("reason", words()))
                .expect(201);
        assertThat(merchant.shop()
                        .get("/api/v1/admin/orders/" + order)
                        .expect(200)
                        .path("history")
                        .toString())
                .contains(words(), "cancelled-by-buyer");

        assertThat(rescan.tablesThatSay(whoItIs()))
                .as("in clear while the account is alive")
                .isEmpty();
        assertThat(rescan.subjectOf(order)).isEqualTo(UUID.fromString(userId));
        Set<UUID> subjects = Set.of(rescan.subjectOf(order), rescan.subjectOf(orderOfGuest));
        Set<UUID> keys = rescan.keysOf(subjects);
        assertThat(keys).as("one as a customer, one as a guest").hasSize(2);

        Map<String, String> export = Archive.unzipped(customer.download(STORE + "/customers/me/export"));
        assertThat(export).containsKeys("index.txt", "customer/customer.json", "account/sessions.json");
        assertThat(export.get("account/person.json")).contains(email, address.get("firstName"));
        assertThat(export.get("customer/addresses.json")).contains(address.get("addressLine1"));
        assertThat(export.get("order/orders.json"))
                .contains(order, orderOfGuest, address.get("lastName"), address.get("phone"), words());
        assertThat(export.get("customer/consents.json")).contains("marketing");
        assertThat(export.get("cart/carts.json")).contains(order, orderOfGuest, product);
        assertThat(export.get("payment/payments.json")).contains(order, orderOfGuest, refunded, "REFUND");
        assertThat(export.get("inventory/reservations.json")).contains(order, orderOfGuest, product);
        assertThat(export.get("account/mails.json")).contains("EMAIL_VERIFICATION");
        assertThat(export.get("accesses.json")).contains(order, "GET /api/v1/admin/orders/{id}");
        assertThat(String.join("", export.values())).doesNotContain("tok_", "argon2", "token_hash");
        assertThat(Archive.unzipped(merchant.shop().download("/api/v1/admin/customers/" + userId + "/export")))
                .containsEntry("customer/addresses.json", export.get("customer/addresses.json"));

        customer.post(STORE + "/customers/me/erasures", Map.of()).expectProblem(409, "orders-unfinished");
        HttpShop.Answer begun = merchant.shop()
                .post(
                        "/api/v1/admin/customers/" + userId + "/erasures",
                        Map.of("reason", "asked-by-letter", "evenUndelivered", true));
        assertThat(begun.status()).as(begun.text()).isIn(200, 202);
        Eventually.holds(
                "the customer is forgotten",
                Duration.ofMinutes(3),
                () -> merchant.shop()
                        .get("/api/v1/admin/customers/" + userId + "/erasures")
                        .expect(200)
                        .path("status")
                        .asString()
                        .equals("COMPLETED"));

        visitor.post(STORE + "/sessions", Map.of("email", email, "password", PASSWORD))
                .expectProblem(401, "invalid-credentials");
        customer.get(STORE + "/customers/me").expectProblem(404, "customer-not-found");
        JsonNode forgotten =
                merchant.shop().get("/api/v1/admin/orders/" + orderOfGuest).expect(200);
        assertThat(forgotten.path("email").isNull()).isTrue();
        assertThat(forgotten.at("/total/amount").asString()).isNotEmpty();
        assertThat(merchant.shop()
                        .get("/api/v1/admin/orders/" + order)
                        .expect(200)
                        .path("history")
                        .toString())
                .contains("cancelled-by-buyer")
                .doesNotContain(words());
        assertThat(rescan.tablesThatSay(whoItIs()))
                .as("in clear after the erasure")
                .isEmpty();
        assertThat(rescan.sealing(keys))
                .as("what is kept for ever, such as events, is still there")
                .isNotEmpty();
        assertThat(rescan.alive(keys)).as("keys that open anything").isEmpty();
        assertThat(List.of(rescan.subjectOf(order), rescan.subjectOf(refunded), rescan.subjectOf(orderOfGuest)))
                .as("whose orders they were")
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(subjects);

        buy(new Buyer(Buyer.guest(visitor).shop(), email), product);
        register(visitor);
        Eventually.holds(
                "all records add up",
                Duration.ofMinutes(3),
                () -> Reconciled.by(platform.operator()).breaches().isEmpty());
    }

    /** What tells who it is, wherever it stands. */
    private List<String> whoItIs() {
        return List.of(
                email,
                address.getOrDefault("firstName", ""),
                address.getOrDefault("lastName", ""),
                address.getOrDefault("addressLine1", ""),
                address.getOrDefault("phone", "").substring(1));
    }

    /** What people write where a reason is asked for. */
    private String words() {
        return "moved from " + address.get("addressLine1") + ", says " + address.get("lastName") + " by " + email;
    }

    private void giveBack(Merchant merchant, String order) {
        Eventually.holds(
                "the payment is captured",
                Duration.ofMinutes(3),
                () -> merchant.payments(order).at("/0/status").asString("").equals("CAPTURED"));
        merchant.shop()
                .postOnce("/api/v1/admin/orders/" + order + "/refunds", Map.of("reason", words()))
                .expect(201);
    }

    private void register(HttpShop visitor) {
        visitor.post(
                        STORE + "/registrations",
                        Map.of(
                                "email",
                                email,
                                "password",
                                PASSWORD,
                                "firstName",
                                address.get("firstName"),
                                "lastName",
                                address.get("lastName")))
                .expect(202);
    }

    private Map<String, Object> saved() {
        Map<String, Object> saved = new HashMap<>(address);
        saved.put("type", "shipping");
        return saved;
    }

    private String buy(Buyer buyer, String product) {
        Map<String, Object> request = new HashMap<>(buyer.checkoutOf(buyer.cart(product, 1)));
        request.put("shippingAddress", address);
        String checkout = buyer.shop()
                .postOnce(STORE + "/checkouts", request)
                .expect(201)
                .path("id")
                .asString();
        return buyer.complete(checkout, Buyer.CARD).expect(201).path("orderId").asString();
    }
}
