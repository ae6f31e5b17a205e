package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
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
    private static final Pattern TOKEN = Pattern.compile("(?:ev|pr)_[A-Za-z0-9_-]{43}");

    private final Installation installation;
    private final HttpShop visitor;
    private final String email = "account-" + UUID.randomUUID() + "@customer.example";

    AccountJourneyTest(Installation installation) {
        this.installation = installation;
        this.visitor = installation.visitor();
    }

    private List<JsonNode> mails(String kind) {
        JsonNode items = installation
                .operator()
                .get("/api/v1/admin/outgoing-mails?limit=100")
                .expect(200)
                .path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(mail -> mail.path("to").asString("").equals(email))
                .filter(mail -> mail.path("kind").asString().equals(kind))
                .toList();
    }

    private String tokenOf(String kind) {
        Eventually.holds(
                "the mail " + kind + " is sent",
                Duration.ofSeconds(30),
                () -> mails(kind).stream().anyMatch(mail -> mail.hasNonNull("sentAt")));
        Matcher token = TOKEN.matcher(mails(kind).getFirst().path("text").asString());
        assertThat(token.find()).isTrue();
        return token.group();
    }

    private HttpShop.Answer logIn(String password) {
        return visitor.post(STORE + "/sessions", Map.of("email", email, "password", password));
    }

    private void register() {
        visitor.post(
                        STORE + "/registrations",
                        Map.of("email", email, "password", PASSWORD, "firstName", "Ada", "lastName", "Example"))
                .expect(201);
    }

    @Test
    void whoRegistersVerifiesTheAddressForgetsThePasswordAndGoesOnWithAnotherOne() {
        register();
        Map<String, String> verification = Map.of("token", tokenOf("EMAIL_VERIFICATION"));
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
        register();
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
        register();
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
