package org.cartulary.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.http.SampleServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

class AccessHttpTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static SampleServer server;

    @BeforeAll
    static void start() {
        server = new SampleServer(SampleApplication.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aVisitorShopsUnderTheHostNamesTenant() {
        Answer answer = server.get("/api/v1/store/who", "traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");

        assertThat(answer.status()).isEqualTo(200);
        assertWho(answer, SampleApplication.SHOP.toString(), "GUEST", null);
        assertThat(answer.json().path("traceId").asString()).isEqualTo(TRACE);
        assertThat(answer.header("traceparent")).matches("00-" + TRACE + "-(?!b7ad6b7169203331)[0-9a-f]{16}-01");
    }

    @Test
    void aGuestIsRecognisedByItsToken() {
        String token = GuestTokens.next();

        Answer answer = server.get("/api/v1/store/who", "Guest-Token", token);

        assertWho(
                answer,
                SampleApplication.SHOP.toString(),
                "GUEST",
                GuestTokens.idOf(token).toString());
        assertProblem(server.get("/api/v1/store/who", "Guest-Token", "short"), 400, "invalid-guest-token");
    }

    @Test
    void whoHoldsATokenIsKnownByIt() {
        Answer answer = server.get("/api/v1/store/who", "Authorization", "bearer customer");

        assertWho(answer, SampleApplication.SHOP.toString(), "CUSTOMER", SampleApplication.CUSTOMER.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer forged,invalid-token",
        "Bearer expired,token-expired",
        "Basic YTpi,invalid-token",
        "Bearer,invalid-token"
    })
    void aTokenThatIsNotValidIsRefusedEvenWhereNoneIsNeeded(String authorization, String code) {
        for (String path : new String[] {"/api/v1/store/who", "/api/v1/admin/catalog", "/api/v1/nothing"}) {
            Answer answer = server.get(path, "Authorization", authorization);

            assertProblem(answer, 401, code);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/admin/catalog", "/api/v1/admin/me", "/api/v1/platform/tenants"})
    void aVisitorIsAskedToSignIn(String path) {
        Answer answer = server.get(path);

        assertProblem(answer, 401, "unauthorized");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertProblem(server.get(path, "Guest-Token", GuestTokens.next()), 401, "unauthorized");
    }

    @Test
    void whoLacksThePermissionIsToldWhichOne() {
        Answer answer = server.get("/api/v1/admin/catalog", "Authorization", "Bearer customer");

        assertProblem(answer, 403, "forbidden");
        assertThat(answer.json().path("permission").asString()).isEqualTo("catalog:write");
    }

    @Test
    void whoHoldsThePermissionGetsIn() {
        assertThat(server.get("/api/v1/admin/catalog", "Authorization", "Bearer staff")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatAMethodDeclaresReplacesWhatItsClassDeclares() {
        assertThat(server.get("/api/v1/admin/me", "Authorization", "Bearer customer")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aHostNameWithoutShopHasNothingToSell() {
        assertProblem(getFromUnknownHost("/api/v1/store/who"), 404, "unknown-shop");
        assertThat(getFromUnknownHost("/api/v1/platform/motd").status()).isEqualTo(200);
    }

    @Test
    @Tag("PLT-17")
    void nobodyIsServedInTheNameOfASuspendedShop() {
        for (String path : new String[] {"/api/v1/store/who", "/api/v1/admin/catalog", "/api/v1/admin/me"}) {
            Answer toStaff = server.get(path, "Authorization", "Bearer locked-out");

            assertProblem(toStaff, 403, "tenant-suspended");
            assertThat(toStaff.json().has("permission")).isFalse();
        }
        assertProblem(getFromClosedShop("/api/v1/store/who"), 403, "tenant-suspended");
        assertProblem(getFromClosedShop("/api/v1/admin/catalog"), 403, "tenant-suspended");
    }

    @Test
    @Tag("PLT-17")
    void whatASuspendedShopHadBegunIsBroughtToItsEnd() {
        assertThat(getFromClosedShop("/api/v1/store/end-of-what-was-begun").status())
                .isEqualTo(200);
    }

    @Test
    void anOperatorWorksOutsideOfAllTenantsOnly() {
        Answer answer = server.get("/api/v1/platform/tenants", "Authorization", "Bearer operator");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("tenantId").isNull()).isTrue();
        assertProblem(server.get("/api/v1/store/who", "Authorization", "Bearer operator"), 404, "unknown-shop");
    }

    @Test
    void aPermissionThatATenantGaveDoesNotReachBeyondIt() {
        assertProblem(server.get("/api/v1/platform/tenants", "Authorization", "Bearer vain"), 403, "forbidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/stock",
                "/internal/nothing",
                "/%69nternal/stock",
                "/internal;a=b/stock",
                "/internal/stock;a"
            })
    void nobodyCallsInServicesFromOutside(String path) {
        Answer answer = server.get(path, "Authorization", "Bearer staff");

        assertThat(answer.status()).describedAs(path).isIn(400, 401);
        assertThat(answer.response().body()).doesNotContain("tenantId");
    }

    @Test
    void aForgedContextIsRefusedEverywhere() {
        ServiceContextCodec forger =
                new ServiceContextCodec("another-secret-another-secret-32".getBytes(StandardCharsets.UTF_8), "forger");
        for (String path : List.of("/internal/stock", "/api/v1/store/who")) {
            String forged = forger.encode(RequestContext.ofSystem(SampleApplication.SHOP), "GET", path, new byte[0]);

            assertProblem(server.get(path, "Cartulary-Context", forged), 401, "invalid-service-context");
        }
    }

    @Test
    void aContextThatWasOverheardIsRefused() {
        String path = "/internal/stock";
        String overheard = server.bean(ServiceContextCodec.class)
                .encode(RequestContext.ofSystem(SampleApplication.SHOP), "GET", path, new byte[0]);

        assertThat(server.get(path, "Cartulary-Context", overheard).status()).isEqualTo(200);
        assertProblem(server.get(path, "Cartulary-Context", overheard), 401, "invalid-service-context");
    }

    @Test
    void aContextIsGoodForTheQueryAndTheBodyThatItWasMadeFor() {
        String path = "/internal/stock";
        String overheard = server.bean(ServiceContextCodec.class)
                .encode(RequestContext.ofSystem(SampleApplication.SHOP), "GET", path, new byte[0]);

        assertProblem(server.get(path + "?all=true", "Cartulary-Context", overheard), 401, "invalid-service-context");
        Answer withBody = server.send(
                java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + server.port() + path))
                        .header("Cartulary-Context", overheard)
                        .method("GET", java.net.http.HttpRequest.BodyPublishers.ofString("{}")));
        assertProblem(withBody, 401, "invalid-service-context");
        assertThat(server.get(path, "Cartulary-Context", overheard).status()).isEqualTo(200);
    }

    @Test
    void aSignedBodyArrivesWholeAndHasALimit() {
        RequestContext context = RequestContext.ofSystem(SampleApplication.SHOP);
        String line = "{\"sku\": \"tea-ü\", \"quantity\": 2}";

        String answer = context.supply(() -> services(_ -> {})
                .post()
                .uri("/api/v1/store/lines?a=b%20c")
                .contentType(org.springframework.http.MediaType.APPLICATION_JSON)
                .body("[" + line + "]")
                .retrieve()
                .body(String.class));
        assertThat(answer).isNotNull().contains("1");
        assertThatThrownBy(() -> context.run(() -> services(_ -> {})
                        .post()
                        .uri("/api/v1/store/lines")
                        .contentType(org.springframework.http.MediaType.MULTIPART_FORM_DATA)
                        .body("x".repeat(server.bean(HttpSettings.class).maxRequestBytes() + 1))
                        .retrieve()
                        .toBodilessEntity()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo("request-too-large"));
    }

    @Test
    void anAnswerIsNotKeptUnlessTheEndpointSaysSo() {
        Answer product = server.get("/api/v1/store/products/019a0000-0000-7000-8000-000000000001");

        assertThat(server.get("/api/v1/store/who").response().headers().allValues("Cache-Control"))
                .containsExactly("no-store");
        assertThat(product.response().headers().allValues("Cache-Control")).containsExactly("max-age=60");
        assertThat(product.header("ETag")).isEqualTo("\"20\"");
    }

    @Test
    void aServiceCallsAnotherOneInTheContextOfItsCaller() {
        RequestContext context = new RequestContext(
                SampleApplication.SHOP,
                new Principal(Principal.Kind.CUSTOMER, SampleApplication.CUSTOMER, Set.of()),
                TraceIds.next());

        SampleEndpoints.Who who = context.supply(
                () -> services(_ -> {}).get().uri("/internal/stock").retrieve().body(SampleEndpoints.Who.class));

        assertThat(who)
                .isEqualTo(new SampleEndpoints.Who(
                        SampleApplication.SHOP,
                        Principal.Kind.CUSTOMER,
                        SampleApplication.CUSTOMER,
                        context.traceId()));
    }

    @Test
    void theProblemOfAnotherServiceComesBackAsItWasThrown() {
        RequestContext context = RequestContext.ofSystem(SampleApplication.SHOP);

        assertThatThrownBy(() -> context.supply(() -> services(_ -> {})
                        .get()
                        .uri("/internal/refused")
                        .retrieve()
                        .toBodilessEntity()))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.status().value()).isEqualTo(422);
                    assertThat(problem.code()).isEqualTo("not-enough");
                    assertThat(problem.detail()).isEqualTo("only 2 are left");
                    assertThat(problem.errors())
                            .containsExactly(new ProblemError("/quantity", "too-many", "only 2 are left"));
                    assertThat(problem.properties()).containsOnlyKeys("available");
                });
        assertThatThrownBy(() -> context.supply(() ->
                        services(_ -> {}).get().uri("/internal/busy").retrieve().toBodilessEntity()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.retryAfter()).hasSeconds(7));
    }

    @Test
    void noServiceIsCalledWhileATransactionIsOpen() {
        RestClient services = services(what -> {
            throw new IllegalStateException("a transaction is open while " + what);
        });

        assertThatThrownBy(() -> RequestContext.ofSystem(SampleApplication.SHOP)
                        .supply(() ->
                                services.get().uri("/internal/stock").retrieve().toBodilessEntity()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("calling http://127.0.0.1");
    }

    @Test
    void anApplicationWithAnUndeclaredEndpointDoesNotStart() {
        assertThatThrownBy(() -> new SampleServer(SampleApplication.class, Forgetful.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("every endpoint declares")
                .hasMessageContaining("/api/v1/store/forgotten")
                .hasMessageContaining("declares nothing")
                .hasMessageContaining("/api/v1/store/torn")
                .hasMessageContaining("more than one access rule");
    }

    @Configuration(proxyBeanMethods = false)
    static class Forgetful {

        @Bean
        ForgetfulController forgetfulController() {
            return new ForgetfulController();
        }
    }

    @RestController
    static final class ForgetfulController {

        @GetMapping("/api/v1/store/forgotten")
        String forgotten() {
            return "";
        }

        @GetMapping("/api/v1/store/torn")
        @AllowAnyone
        @AllowSignedIn
        String torn() {
            return "";
        }
    }

    private static RestClient services(java.util.function.Consumer<String> guard) {
        return RestClient.builder()
                .baseUrl("http://127.0.0.1:" + server.port())
                .requestInterceptor(new ServiceCallInterceptor(server.bean(ServiceContextCodec.class), guard))
                .defaultStatusHandler(server.bean(RemoteProblems.class))
                .build();
    }

    private static Answer getFromUnknownHost(String path) {
        return server.send(
                java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://localhost:" + server.port() + path)));
    }

    private static Answer getFromClosedShop(String path) {
        return server.send(
                java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.9:" + server.port() + path)));
    }

    private static void assertWho(Answer answer, String tenantId, String kind, String id) {
        assertThat(answer.json().path("tenantId").asString()).isEqualTo(tenantId);
        assertThat(answer.json().path("kind").asString()).isEqualTo(kind);
        assertThat(answer.json().path("id").asString(null)).isEqualTo(id);
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).describedAs(answer.response().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
    }
}
