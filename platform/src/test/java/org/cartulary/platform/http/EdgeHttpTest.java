package org.cartulary.platform.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.SampleServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** Small limits, a proxy on this machine that is trusted, and a shop on an origin of its own. */
class EdgeHttpTest {

    private static final String WHO = "/api/v1/store/who";
    private static final String ME = "/api/v1/admin/me";
    private static final String KEYS = "/api/v1/store/keys";
    private static final String FOR = "X-Forwarded-For";
    private static final String ORIGIN = "https://shop.example";
    private static final long AN_HOUR = 3600;
    private static final AtomicInteger NEXT_ADDRESS = new AtomicInteger();

    private static SampleServer server;

    @Configuration(proxyBeanMethods = false)
    @Import(SampleApplication.class)
    static class GuardedEdge {

        @Bean
        @Primary
        EdgeSettings guarded() {
            return new EdgeSettings(
                    new EdgeSettings.Limits(
                            RateLimit.parse("3/1h"),
                            RateLimit.parse("2/1h"),
                            RateLimit.parse("4/1h"),
                            RateLimit.parse("2/5s"),
                            AddressRange.listOf("10.0.0.0/8")),
                    AddressRange.listOf("127.0.0.1, 192.168.0.0/16"),
                    List.of(ORIGIN),
                    true);
        }
    }

    @BeforeAll
    static void start() {
        server = new SampleServer(GuardedEdge.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertLimited(Answer answer, String policy) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.json().path("code").asString()).isEqualTo("rate-limited");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("RateLimit")).startsWith("\"" + policy + "\";r=0;t=");
        assertThat(answer.header("RateLimit")).endsWith(";t=" + answer.header("Retry-After"));
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void whoCallsTooOftenFromAnAddressIsToldWhenToComeBack() {
        for (int left = 2; left >= 0; left--) {
            Answer answer = server.get(WHO, FOR, "203.0.113.1");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"address\";q=3;w=3600");
            assertThat(answer.header("RateLimit")).startsWith("\"address\";r=" + left + ";t=");
        }

        Answer refused = server.get(WHO, FOR, "203.0.113.1");

        assertLimited(refused, "address");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, AN_HOUR / 3);
        assertThat(server.get(WHO, FOR, "203.0.113.2").status()).isEqualTo(200);
    }

    @Test
    void aClientCannotPassItselfOffAsAnother() {
        for (int call = 0; call < 3; call++) {
            assertThat(server.get(WHO, FOR, "198.51.100." + call + ", 203.0.113.3")
                            .status())
                    .isEqualTo(200);
        }
        assertLimited(server.get(WHO, FOR, "198.51.100.9, 203.0.113.3, 192.168.7.7"), "address");
        assertLimited(server.get(WHO, FOR, "nonsense, 203.0.113.3"), "address");
    }

    @Test
    void addressesOfOneHouseholdCountAsOne() {
        for (int host = 1; host <= 3; host++) {
            assertThat(server.get(WHO, FOR, "2001:db8:1:2::" + host).status()).isEqualTo(200);
        }
        assertLimited(server.get(WHO, FOR, "2001:db8:1:2:ffff::9"), "address");
        assertThat(server.get(WHO, FOR, "2001:db8:1:3::1").status()).isEqualTo(200);
    }

    @Test
    void addressesThatSayNothingAreNotCounted() {
        for (int call = 0; call < 9; call++) {
            Answer answer = server.get(WHO, FOR, "10.1.2.3");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("RateLimit")).isEmpty();
        }
    }

    @Test
    void whoIsKnownIsCountedByThemselvesWhereverTheyCallFrom() {
        for (int left = 3; left >= 0; left--) {
            Answer answer = server.get(ME, "Authorization", "Bearer customer", FOR, "203.0.113." + (40 + left));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("RateLimit")).startsWith("\"person\";r=" + left);
        }
        assertLimited(server.get(ME, "Authorization", "Bearer customer", FOR, "203.0.113.50"), "person");
        assertThat(server.get(ME, "Authorization", "Bearer operator").header("RateLimit"))
                .as("the operator has no limit")
                .isEmpty();
    }

    @Test
    void tokensThatAreNoneCountForTheirAddress() {
        for (int call = 0; call < 3; call++) {
            assertThat(server.get(ME, "Authorization", "Bearer nonsense", FOR, "203.0.113.60")
                            .status())
                    .isEqualTo(401);
        }
        assertLimited(server.get(ME, "Authorization", "Bearer nonsense", FOR, "203.0.113.60"), "address");
        assertLimited(server.get(WHO, FOR, "203.0.113.60"), "address");
    }

    @Test
    void whatTakesCredentialsIsLimitedMoreStrictly() {
        for (int call = 0; call < 2; call++) {
            Answer answer = server.post(KEYS, "{}", FOR, "203.0.113.70");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.response().headers().allValues("RateLimit-Policy"))
                    .containsExactly("\"address\";q=3;w=3600", "\"credentials\";q=2;w=3600");
        }
        Answer refused = server.post(KEYS, "{}", FOR, "203.0.113.70");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.response().headers().allValues("RateLimit").getLast())
                .startsWith("\"credentials\";r=0;t=" + refused.header("Retry-After"));
        assertLimitedAndClosed(server.post(KEYS, "{}", FOR, "203.0.113.70"));
    }

    private Answer submit(String path, String address) {
        return server.send(server.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(FOR, address)
                .POST(HttpRequest.BodyPublishers.ofString("name=Ada")));
    }

    @Test
    void formsOfPagesAreRead() {
        Answer answer = submit("/pages/name", "203.0.113.71");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).isEqualTo("Ada");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Content-Security-Policy")).contains("form-action 'self'");
    }

    @Test
    void pagesThatTakeCredentialsAreLimitedAsTheApiIsHoweverTheirPathIsWritten() {
        assertThat(submit("/pages/sign-in", "203.0.113.72").status()).isEqualTo(200);
        assertThat(submit("/%70ages/sign-%69n", "203.0.113.72").status()).isEqualTo(200);

        Answer refused = submit("/pages/sign-in", "203.0.113.72");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.response().headers().allValues("RateLimit").getLast())
                .startsWith("\"credentials\"");
    }

    private static void assertTold(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Content-Security-Policy")).contains("form-action 'self'");
        assertThat(answer.response().body()).isEqualTo("<h1>" + status + " " + code + "</h1>");
    }

    @Test
    void aBrowserIsToldOnAPageWhatIsRefusedBeforeAnyPageIsAsked() {
        String address = "203.0.113.74";
        server.get("/pages/name", FOR, address);
        assertTold(
                server.send(server.request("/pages/name")
                        .headers("Accept", "text/html", FOR, address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("name=" + "A".repeat(2_000_000)))),
                413,
                "request-too-large");
        server.get("/pages/name", FOR, address);

        Answer refused = server.get("/pages/name", FOR, address, "Accept", "text/html");

        assertTold(refused, 429, "rate-limited");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertLimited(server.get("/pages/name", FOR, address, "Accept", "application/json"), "address");
        assertLimited(server.get(WHO, FOR, address, "Accept", "text/html"), "address");
        assertLimited(server.get("/pages/spoilt", FOR, address, "Accept", "text/html"), "address");
    }

    @Test
    void aBrowserIsToldOnAPageWhatIsRefusedInsteadOfAPage() {
        String address = "203.0.113.75";
        submit("/pages/sign-in", address);
        submit("/pages/sign-in", address);

        assertTold(
                server.send(server.request("/pages/sign-in")
                        .headers("Accept", "text/html", FOR, address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("name=Ada"))),
                429,
                "rate-limited");
    }

    @Test
    void noWayToWriteAPathMakesAPageOfTheApi() {
        for (String path : List.of("/%61pi/v1/store/attributes", "/api/v1/store/attributes", "/pages/%2e%2e/api/x")) {
            assertThat(submit(path, "203.0.113.73").status()).as(path).isIn(400, 415);
        }
    }

    /** What nobody has read cannot be followed by another request. */
    private static void assertLimitedAndClosed(Answer answer) {
        assertLimited(answer, "address");
        assertThat(answer.header("Connection")).isEqualTo("close");
    }

    @Test
    void aQuotaComesBack() {
        int status = 200;
        for (int call = 0; call < 1000 && status == 200; call++) {
            status = server.get(ME, "Authorization", "Bearer machine").status();
        }
        assertThat(status).isEqualTo(429);
        long end = System.nanoTime() + 60_000_000_000L;
        while (status == 429 && System.nanoTime() < end) {
            status = server.get(ME, "Authorization", "Bearer machine").status();
        }
        assertThat(status).isEqualTo(200);
    }

    /** What shows a token and is refused before anybody has looked at it. */
    static List<HttpRequest.Builder> refusedBeforeTheirTokens() {
        return List.of(
                server.request("/api/v1/store/who?name=%00"),
                server.request("/api/v1/store/attributes")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("\"" + "a".repeat(3000) + "\"")),
                server.request("/api/v1/store/attributes")
                        .header("Content-Type", "*/*")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")),
                server.request("/nowhere"),
                server.request(KEYS)
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .header("Origin", ORIGIN)
                        .header("Access-Control-Request-Method", "POST"));
    }

    @ParameterizedTest
    @MethodSource("refusedBeforeTheirTokens")
    void whatFailsBeforeItsTokenIsLookedAtCountsForItsAddress(HttpRequest.Builder request) {
        String from = "203.0.114." + NEXT_ADDRESS.incrementAndGet();
        request.header("Authorization", "nonsense").header(FOR, from);
        for (int call = 0; call < 3; call++) {
            assertThat(server.send(request).status()).isNotEqualTo(429);
        }
        assertLimited(server.get(WHO, FOR, from), "address");
        assertLimited(server.get(ME, "Authorization", "Bearer nonsense", FOR, from), "address");
    }

    @Test
    void whoWasAdmittedGoesOnWhereNeighboursHaveUsedUpTheAddressAndNobodyElseDoes() {
        String from = "203.0.113.65";
        String[] known = {"Authorization", "Bearer operator", FOR, from};
        assertThat(server.get(ME, known).status()).isNotIn(401, 429);
        for (int call = 0; call < 3; call++) {
            server.get(WHO, FOR, from);
        }
        assertLimited(server.get(WHO, FOR, from), "address");
        assertThat(server.get(ME, known).status()).isNotIn(401, 429);
        assertLimited(server.get(ME, "Authorization", "Bearer locked-out", FOR, from), "address");
    }

    /** What else is wrong with a request says nothing of its token: its holder goes on, while neighbours have used the address up. */
    @Test
    void aGoodTokenIsNotForgottenBecauseOfARequestThatFailsBeforeItIsLookedAt() {
        String from = "203.0.113.67";
        String[] known = {"Authorization", "Bearer operator", FOR, from};
        assertThat(server.get(ME, known).status()).isNotIn(401, 429);
        for (HttpRequest.Builder request : refusedBeforeTheirTokens()) {
            request.header("Authorization", "Bearer operator").header(FOR, from);
            assertThat(server.send(request).status()).isNotIn(401, 429);
            assertThat(server.get(ME, known).status()).isNotIn(401, 429);
        }
        assertLimited(server.get(WHO, FOR, from), "address");
        assertThat(server.get(ME, known).status()).isNotIn(401, 429);
    }

    /** Else one token of one's own, once it has expired, would let its holder ask for nothing as often as they like. */
    @Test
    void aTokenThatAdmitsNobodyAnyMoreIsNotLookedAtTwice() {
        String from = "203.0.113.66";
        String[] own = {"Authorization", "Bearer withdrawn", FOR, from};
        SampleApplication.WITHDRAWN.set(false);
        assertThat(server.get(ME, own).status()).isNotIn(401, 429);
        for (int call = 0; call < 3; call++) {
            server.get(WHO, FOR, from);
        }
        SampleApplication.WITHDRAWN.set(true);
        assertThat(server.get(ME, own).status()).isEqualTo(401);
        assertLimited(server.get(ME, own), "address");
    }

    @Test
    void whoCallsAsAServiceAndIsNoneCountsForTheirAddressAndServicesAreNeverTurnedAway() {
        for (int call = 0; call < 9; call++) {
            assertThat(server.get("/internal/stock", FOR, "203.0.113.80").status())
                    .isEqualTo(401);
        }
        assertLimited(server.get(WHO, FOR, "203.0.113.80"), "address");
        ServiceContextCodec codec = new ServiceContextCodec(SampleApplication.SECRET.getBytes(UTF_8), "another");
        for (int call = 0; call < 9; call++) {
            String context = codec.encode(
                    RequestContext.ofSystem(SampleApplication.SHOP), "GET", "/internal/nowhere", new byte[0]);
            assertThat(server.get("/internal/nowhere", ServiceContextCodec.HEADER, context, FOR, "203.0.113.81")
                            .status())
                    .isEqualTo(404);
        }
        assertThat(server.get(WHO, FOR, "203.0.113.81").header("RateLimit")).startsWith("\"address\";r=2;");
    }

    @Test
    void aPageIsShownWhyItIsRefused() {
        String from = "203.0.113.90";
        for (int call = 0; call < 3; call++) {
            server.get(WHO, FOR, from);
        }
        Answer question = server.send(server.request(KEYS)
                .header(FOR, from)
                .header("Origin", ORIGIN)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Access-Control-Request-Method", "POST"));
        Answer refused = server.get(WHO, FOR, from, "Origin", ORIGIN);
        Answer ofAnother = server.get(WHO, FOR, from, "Origin", "https://evil.example");

        assertThat(question.status()).isEqualTo(200);
        assertThat(question.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertLimited(refused, "address");
        assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(refused.header("Access-Control-Expose-Headers")).contains("Retry-After", "RateLimit");
        assertThat(refused.response().headers().allValues("Vary")).contains("Origin");
        assertLimited(ofAnother, "address");
        assertThat(ofAnother.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {WHO, "/nowhere", ME, "/api/v1/store/faults/unexpected", "/internal/stock"})
    void everyAnswerTellsBrowsersToBeCareful(String path) {
        Answer answer = server.get(path, FOR, "10.0.0.1");

        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
        assertThat(answer.header("Strict-Transport-Security")).startsWith("max-age=");
        assertThat(answer.header("Server")).isEmpty();
    }

    private static HttpRequest.Builder from(String origin, String path) {
        return server.request(path).header("Origin", origin).header(FOR, "10.0.0.2");
    }

    private static Answer asks(String origin, String method) {
        return server.send(from(origin, KEYS)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "authorization,content-type,idempotency-key"));
    }

    @Test
    void pagesOfANamedOriginMayCall() {
        Answer question = asks(ORIGIN, "POST");
        Answer answer = server.send(from(ORIGIN, "/api/v1/store/faults/conflict"));

        assertThat(question.status()).isEqualTo(200);
        assertThat(question.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(question.header("Access-Control-Allow-Headers")).contains("idempotency-key");
        assertThat(question.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("RateLimit", "ETag");
    }

    @Test
    void scriptsOfOtherOriginsAreShownNothing() {
        Answer question = asks("https://evil.example", "POST");
        Answer answer = server.send(from("https://evil.example", WHO));

        assertThat(question.status()).isEqualTo(403);
        assertThat(question.json().path("code").asString()).isEqualTo("origin-not-allowed");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(asks(ORIGIN, "TRACE").header("Access-Control-Allow-Origin")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new CrossOrigin(List.of("*")));
    }

    @Test
    void deepAndEndlessJsonIsMalformed() {
        String deep = "{\"a\":".repeat(70) + "1" + "}".repeat(70);
        String longNumber = "{\"a\":" + "9".repeat(200) + "}";
        String longName = "{\"" + "a".repeat(300) + "\":1}";
        for (String body : List.of(deep, longNumber, longName)) {
            Answer answer = server.post("/api/v1/store/attributes", body, FOR, "10.0.0.3");
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.json().path("code").asString()).isEqualTo("malformed-json");
        }
    }

    @Test
    void nothingIsUnpacked() {
        for (String encoding : List.of("gzip", "br", "identity, gzip", "IDENTITY")) {
            Answer answer = server.send(server.request("/api/v1/store/attributes")
                    .header("Content-Type", "application/json")
                    .header("Content-Encoding", encoding)
                    .header(FOR, "10.0.0.6")
                    .POST(HttpRequest.BodyPublishers.ofString("{}")));

            assertThat(answer.status()).as(encoding).isEqualTo(encoding.equals("IDENTITY") ? 200 : 415);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*/*", "application/*", "application/json;a=*", "application/x-www-form-urlencoded;charset=utf-8"
            })
    void rangesOfTypesAndFormsAreNoContent(String type) {
        Answer answer = server.send(server.request("/api/v1/store/attributes")
                .header("Content-Type", type)
                .header(FOR, "10.0.0.4")
                .POST(HttpRequest.BodyPublishers.ofString("{%ff=%zz")));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.json().path("code").asString()).isEqualTo("unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "300", "0/1s", "3/0s", "3/1d", "-1/1s", "1/99999999s"})
    void whatIsNoLimitIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RateLimit.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "10.0.0.0/33", "::1/129", "10.0.0.1/x"})
    void whatIsNoRangeOfAddressesIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.listOf(text));
    }
}
