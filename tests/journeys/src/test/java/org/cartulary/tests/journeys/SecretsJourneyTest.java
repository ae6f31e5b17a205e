package org.cartulary.tests.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.tests.support.Buyer;
import org.cartulary.tests.support.DatabaseOwner;
import org.cartulary.tests.support.Eventually;
import org.cartulary.tests.support.ForkedPlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Merchant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The life of an account, with the mistakes that people make, on a platform that logs all it can and a PostgreSQL that logs every
 * statement: whatever lets somebody in, or says who somebody is, stands in no log and in no refusal.
 */
final class SecretsJourneyTest {

    private static final String STORE = "/api/v1/store";

    private final String unique = UUID.randomUUID().toString().substring(0, 13);
    private final String email = "secret-" + unique + "@customer.example";
    private final String password = "first battery " + unique;
    private final String another = "second staple " + unique;
    private final String phone = "+4930" + Math.floorMod(unique.hashCode(), 100_000_000);

    /** From what it is to its value. */
    private final Map<String, String> secrets = new LinkedHashMap<>();

    private final List<HttpShop.Answer> refusals = new ArrayList<>();

    @Test
    void noLogAndNoRefusalTellsASecret() throws IOException {
        Path data = Installation.freshFolder("secrets");
        try (ForkedPlatform platform = ForkedPlatform.in(data)
                .port(Installation.freePort())
                .property("logging.level.org.cartulary", "DEBUG")
                // Into the file as well as on the console, where a test would have the console only.
                .property("logging.config", logToFile(data))
                .start()) {
            logEveryStatement(data);
            secrets.put("operator's key", platform.connection().apiKey());
            secrets.put(
                    "administrator's password",
                    java.util.Objects.requireNonNull(platform.connection().administrator())
                            .password());
            Files.readAllLines(data.resolve(DatabaseOwner.CLUSTER).resolve("cartulary.password"))
                    .forEach(line -> secrets.put("superuser's password", line.strip()));
            live(platform);
        }
        Map<String, String> told = new LinkedHashMap<>();
        for (Path log : logs(data)) {
            String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            secrets.forEach((what, value) -> {
                int place = text.indexOf(value);
                if (place >= 0) {
                    told.put(what + " in " + log, text.substring(Math.max(0, place - 200), place));
                }
            });
        }
        assertThat(told).isEmpty();
        for (HttpShop.Answer refusal : refusals) {
            assertThat(refusal.status()).as(refusal.text()).isBetween(400, 499);
            assertThat(secrets.values()).noneMatch(refusal.body().toString()::contains);
            assertThat(refusal.text()).doesNotContain("Exception", "at org.", "at java.");
        }
    }

    private static Path logToFile(Path data) throws IOException {
        return Files.writeString(
                data.resolveSibling(data.getFileName() + ".xml"),
                "<configuration><include resource=\"org/springframework/boot/logging/logback/base.xml\"/></configuration>");
    }

    private static void logEveryStatement(Path data) {
        try (DatabaseOwner owner = new DatabaseOwner(data)) {
            owner.change("auth", "ALTER SYSTEM SET log_min_duration_statement = 0");
            owner.one("auth", String.class, "SELECT pg_reload_conf()::text");
        }
    }

    /** All that the platform and its PostgreSQL have written about what they did; not the mails, which are for their readers. */
    private static List<Path> logs(Path data) throws IOException {
        List<Path> logs = new ArrayList<>();
        for (Path folder : List.of(
                data.resolve("logs"), data.resolve(DatabaseOwner.CLUSTER).resolve("log"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile).forEach(logs::add);
            }
        }
        assertThat(logs.stream().mapToLong(SecretsJourneyTest::size).sum())
                .as("they log")
                .isGreaterThan(100_000);
        try (Stream<Path> siblings = Files.list(java.util.Objects.requireNonNull(data.getParent()))) {
            siblings.filter(file -> file.toString().startsWith(data.toString()) && Files.isRegularFile(file))
                    .forEach(logs::add);
        }
        return logs;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String keep(String what, String value) {
        assertThat(value).as(what).isNotBlank();
        secrets.put(what, value);
        return value;
    }

    private JsonNode logIn(HttpShop visitor, String with) {
        JsonNode session = visitor.post(STORE + "/sessions", Map.of("email", email, "password", with))
                .expect(201);
        keep("access token " + secrets.size(), session.path("accessToken").asString());
        keep("refresh token " + secrets.size(), session.path("refreshToken").asString());
        return session;
    }

    private void live(ForkedPlatform platform) {
        HttpShop visitor = platform.visitor();
        keep("e-mail", email);
        keep("password", password);
        keep("new password", another);
        keep("phone", phone);
        Map<String, String> registration =
                Map.of("email", email, "password", password, "firstName", "Ada", "lastName", "Example");
        visitor.post(STORE + "/registrations", registration).expect(202);
        visitor.post(
                        STORE + "/email-verifications/confirmations",
                        Map.of("token", mailed(platform, "EMAIL_VERIFICATION"), "password", password))
                .expect(204);
        visitor.post(STORE + "/registrations", registration).expect(202);
        refusals.add(visitor.post(STORE + "/sessions", Map.of("email", email, "password", another)));
        JsonNode session = logIn(visitor, password);
        JsonNode refreshed = visitor.post(
                        STORE + "/sessions/refreshes",
                        Map.of("refreshToken", session.path("refreshToken").asString()))
                .expect(200);
        keep("refreshed token", refreshed.path("refreshToken").asString());
        visitor.post(STORE + "/password-resets", Map.of("email", email)).expect(202);
        visitor.post(
                        STORE + "/password-resets/completions",
                        Map.of("token", mailed(platform, "PASSWORD_RESET"), "password", another))
                .expect(204);
        refusals.add(visitor.post(
                STORE + "/sessions/refreshes",
                Map.of("refreshToken", refreshed.path("refreshToken").asString())));
        HttpShop customer =
                visitor.bearing(logIn(visitor, another).path("accessToken").asString());
        buy(platform.merchant(), new Buyer(customer, email));
        buy(platform.merchant(), Buyer.guest(visitor));
        makeMistakes(customer, visitor, platform.merchant());
    }

    private String mailed(ForkedPlatform platform, String kind) {
        Eventually.holds(
                "the mail " + kind + " is sent",
                Duration.ofMinutes(3),
                () -> platform.visitor().mailbox().mailsTo(email, kind).stream()
                        .anyMatch(mail -> mail.hasNonNull("sentAt")));
        return keep("mailed token " + kind, platform.visitor().mailbox().tokenMailedTo(email, kind));
    }

    private void buy(Merchant merchant, Buyer buyer) {
        String guest = buyer.shop().header("Guest-Token");
        if (!guest.isEmpty()) {
            keep("guest's token", guest);
            keep("guest's e-mail", buyer.email());
        }
        String product = merchant.product("12.00", 9);
        Map<String, String> address = new LinkedHashMap<>(Buyer.ADDRESS);
        address.put("phone", phone);
        Map<String, Object> checkout = new LinkedHashMap<>(buyer.checkoutOf(buyer.cart(product, 1)));
        checkout.put("shippingAddress", address);
        String id = buyer.shop()
                .postOnce(STORE + "/checkouts", checkout)
                .expect(201)
                .path("id")
                .asString();
        refusals.add(buyer.complete(id, Buyer.card("tok_declined")));
        buyer.buy(product, 1, Buyer.CARD).expect(201);
    }

    private void makeMistakes(HttpShop customer, HttpShop visitor, Merchant merchant) {
        String key = keep(
                "API key",
                merchant.integration(visitor, Permissions.ORDERS_READ)
                        .header("Authorization")
                        .substring("Bearer ".length()));
        visitor.bearing(key).get("/api/v1/admin/orders").expect(200);
        refusals.add(visitor.bearing(key + "x").get("/api/v1/admin/orders"));
        refusals.add(visitor.bearing(customer.header("Authorization").substring(7) + "x")
                .get(STORE + "/orders"));
        refusals.add(customer.get("/api/v1/admin/orders"));
        refusals.add(visitor.send(
                "POST", STORE + "/sessions", "{\"email\":\"" + email + "\",\"password\":\"" + another, Map.of()));
        refusals.add(visitor.post(STORE + "/sessions", Map.of("email", email, "password", List.of(another))));
        refusals.add(visitor.post(
                STORE + "/registrations", Map.of("email", email, "password", another, "phoneNumber", phone)));
        refusals.add(visitor.post(
                STORE + "/password-resets/completions", Map.of("token", "pr_" + unique, "password", another)));
        refusals.add(visitor.get(STORE + "/orders?cursor=" + unique));
    }
}
