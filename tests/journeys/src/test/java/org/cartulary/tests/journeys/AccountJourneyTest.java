package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.cartulary.tests.support.Patience;
import org.cartulary.tests.support.SharedInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** An account from its registration on, with the mails that a newcomer reads where no mail server is configured. */
@Tag("AUT-02")
@ExtendWith(SharedInstallation.class)
final class AccountJourneyTest {

    private static final String STORE = "/api/v1/store";
    private static final String PASSWORD = "correct horse battery";
    private static final String ANOTHER = "staple from somewhere";
    private static final Set<String> OF_THE_REQUEST = Set.of("date", "traceparent", "ratelimit");

    private final Installation installation;
    private final HttpShop visitor;
    private final String email = "account-" + UUID.randomUUID() + "@customer.example";

    AccountJourneyTest(Installation installation) {
        this.installation = installation;
        this.visitor = installation.visitor();
    }

    private List<JsonNode> mails(String kind) {
        return visitor.mailbox().mailsTo(email, kind);
    }

    private String tokenOf(String kind) {
        Eventually.holds(
                "the mail " + kind + " is sent",
                Duration.ofMinutes(3),
                () -> mails(kind).stream().anyMatch(mail -> mail.hasNonNull("sentAt")));
        return visitor.mailbox().tokenMailedTo(email, kind);
    }

    private HttpShop.Answer logIn(String password) {
        return visitor.post(STORE + "/sessions", Map.of("email", email, "password", password));
    }

    private HttpShop.Answer register(String password) {
        return visitor.post(
                STORE + "/registrations",
                Map.of("email", email, "password", password, "firstName", "Ada", "lastName", "Example"));
    }

    private void openAccount() {
        Buyer.openAccount(visitor, email, PASSWORD);
    }

    /** All that an answer says, but for what is of the request and not of what was asked. */
    private static String said(HttpShop.Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeIf(name -> OF_THE_REQUEST.contains(name.toLowerCase(Locale.ROOT)));
        String body = answer.text().replaceAll("\"traceId\":\"[0-9a-f]{32}\"", "");
        return answer.status() + " " + headers + " " + body;
    }

    @Test
    @Tag("AUT-03")
    void noAnswerTellsWhetherAnAddressHasAnAccount() {
        HttpShop.Answer ofNew = register(PASSWORD);
        HttpShop.Answer ofPending = register(PASSWORD);
        HttpShop.Answer unverified = logIn(PASSWORD);
        Buyer.verifyEmail(visitor, email, PASSWORD);
        HttpShop.Answer ofHeld = register(ANOTHER);
        HttpShop.Answer wrong = logIn(ANOTHER);

        ofNew.expect(202);
        assertThat(said(ofNew)).isEqualTo(said(ofPending)).isEqualTo(said(ofHeld));
        unverified.expectProblem(401, "invalid-credentials");
        assertThat(said(unverified)).isEqualTo(said(wrong));
        assertThat(mails("EMAIL_VERIFICATION")).hasSize(2);
        assertThat(mails("ACCOUNT_EXISTS")).hasSize(1);
        logIn(PASSWORD).expect(201);
    }

    @Test
    @Tag("CUS-01")
    void whatAGuestBoughtIsShownToWhoeverHasTheAddressAndNotToWhoeverRegistersWithIt() {
        Merchant merchant = installation.merchant();
        merchant.sendEverywhere();
        String product = merchant.product("12.00", 5);
        HttpShop guest = Buyer.guest(visitor).shop();
        String order = new Buyer(guest, email)
                .buy(product, 1, Buyer.CARD)
                .expect(201)
                .path("orderId")
                .asString();
        register(PASSWORD).expect(202);
        logIn(PASSWORD).expectProblem(401, "invalid-credentials");
        assertThat(merchant.shop()
                        .get("/api/v1/admin/customers?limit=100")
                        .expect(200)
                        .path("items")
                        .valueStream())
                .noneMatch(customer -> customer.path("email").asString("").equals(email));

        Buyer.verifyEmail(visitor, email, PASSWORD);
        HttpShop customer =
                visitor.bearing(logIn(PASSWORD).expect(201).path("accessToken").asString());
        Patience.answer(() -> customer.get(STORE + "/customers/me"), answer -> answer.status() != 404)
                .expect(200);
        guest.get(STORE + "/orders/" + order).expect(200);
    }

    @Test
    void whoRegistersVerifiesTheAddressForgetsThePasswordAndGoesOnWithAnotherOne() {
        register(PASSWORD).expect(202);
        Map<String, String> verification = Map.of("token", tokenOf("EMAIL_VERIFICATION"), "password", PASSWORD);
        visitor.post(
                        STORE + "/email-verifications/confirmations",
                        Map.of("token", tokenOf("EMAIL_VERIFICATION"), "password", ANOTHER))
                .expectProblem(422, "invalid-mailed-token", "/token");
        visitor.post(STORE + "/email-verifications/confirmations", verification).expect(204);
        visitor.post(STORE + "/email-verifications/confirmations", verification)
                .expectProblem(422, "invalid-mailed-token", "/token");
        JsonNode session = logIn(PASSWORD).expect(201);

        for (String address : List.of(email, "nobody-" + email)) {
            visitor.post(STORE + "/password-resets", Map.of("email", address)).expect(202);
            visitor.post(STORE + "/email-verifications", Map.of("email", address))
                    .expect(202);
        }
        assertThat(mails("EMAIL_VERIFICATION")).as("the address is verified").hasSize(1);
        String reset = tokenOf("PASSWORD_RESET");
        visitor.post(STORE + "/password-resets/completions", Map.of("token", reset, "password", "password1234"))
                .expectProblem(422, "password-refused", "/password");
        visitor.post(STORE + "/password-resets/completions", Map.of("token", reset, "password", ANOTHER))
                .expect(204);
        logIn(PASSWORD).expectProblem(401, "invalid-credentials");
        visitor.post(
                        STORE + "/sessions/refreshes",
                        Map.of("refreshToken", session.path("refreshToken").asString()))
                .expectProblem(401, "invalid-refresh-token");
        logIn(ANOTHER).expect(201);
    }

    @Test
    @Tag("AUT-06")
    void sessionsAreListedAndEndedOneByOneOrAllTogether() {
        openAccount();
        JsonNode phone = logIn(PASSWORD).expect(201);
        JsonNode laptop = logIn(PASSWORD).expect(201);
        HttpShop customer = visitor.bearing(laptop.path("accessToken").asString());
        JsonNode items = customer.get(STORE + "/sessions").expect(200).path("items");
        assertThat(items).hasSize(2);
        JsonNode other = StreamSupport.stream(items.spliterator(), false)
                .filter(session -> !session.path("current").asBoolean())
                .findFirst()
                .orElseThrow();
        assertThat(other.path("userAgent").asString()).startsWith("Java-http-client");
        customer.send("DELETE", STORE + "/sessions/" + other.path("id").asString(), null, Map.of())
                .expect(204);
        customer.send("DELETE", STORE + "/sessions/" + UUID.randomUUID(), null, Map.of())
                .expectProblem(404, "session-not-found");
        visitor.post(
                        STORE + "/sessions/refreshes",
                        Map.of("refreshToken", phone.path("refreshToken").asString()))
                .expectProblem(401, "invalid-refresh-token");
        customer.send("DELETE", STORE + "/sessions", null, Map.of()).expect(204);
        visitor.post(
                        STORE + "/sessions/refreshes",
                        Map.of("refreshToken", laptop.path("refreshToken").asString()))
                .expectProblem(401, "invalid-refresh-token");
    }

    @Test
    void secondFactorsAreForMembersOfStaff() {
        openAccount();
        HttpShop customer =
                visitor.bearing(logIn(PASSWORD).expect(201).path("accessToken").asString());
        customer.post("/api/v1/admin/second-factor", Map.of("password", PASSWORD))
                .expectProblem(403, "staff-only");
        customer.get("/api/v1/admin/second-factor").expectProblem(403, "staff-only");
        visitor.get("/api/v1/admin/second-factor").expect(401);
    }

    @Test
    void theOperatorAloneRemovesSecondFactorsThatWereLost() {
        String removals = "/api/v1/admin/tenants/" + UUID.randomUUID() + "/second-factor-removals";
        Map<String, String> lost = Map.of("email", email, "reason", "the phone fell into the sea");
        installation.operator().post(removals, lost).expectProblem(404, "second-factor-not-found");
        installation.merchant().shop().post(removals, lost).expect(403);
        visitor.post(removals, lost).expect(401);
    }

    @Test
    void whatMailsSayIsForTheOperatorOnly() {
        installation.merchant().shop().get("/api/v1/admin/outgoing-mails").expect(403);
        visitor.get("/api/v1/admin/outgoing-mails").expect(401);
    }
}
