package org.cartulary.platform.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RemoteProblems;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.json.JsonMapper;

/** Calls to a server that does whatever a network can do to a caller. */
@Tag("PLT-14")
class RemoteServiceTest {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration IMPATIENCE = Duration.ofMillis(400);
    private static final int BREAKER_CALLS = 4;
    private static final int CONCURRENT = 2;

    interface ParcelsApi {

        @SafeToRepeat
        @PostExchange("/internal/parcels/lookups")
        String find();

        @PostExchange("/internal/parcels/sendings")
        String send();
    }

    /** What the server does with a request. */
    private interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger arrived = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Behaviour behaviour = RemoteServiceTest::sayYes;
    private HttpServer server;
    private ParcelsApi parcels;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            arrived.incrementAndGet();
            behaviour.answer(exchange);
        });
        server.start();
        parcels = waitingFor(Duration.ofSeconds(30));
    }

    private ParcelsApi waitingFor(Duration readTimeout) {
        return parcels(new RemoteSettings(
                Duration.ofSeconds(30),
                readTimeout,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                2,
                CONCURRENT,
                BREAKER_CALLS,
                PAUSE));
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void lostCallThatIsSafeToRepeatIsTriedAgain() {
        failTimes(2);

        assertThat(parcels.find()).isEqualTo("yes");
        assertThat(arrived).hasValue(3);
        assertThat(meters.counter("cartulary.service.calls.repeated", "service", "parcels")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void lostCallThatIsNotDeclaredSafeIsNeverTriedAgain() {
        failTimes(1);

        assertUnavailable(parcels::send);
        assertThat(arrived).hasValue(1);
    }

    @Test
    void hangingServiceIsGivenUpOnceAndNotAskedAgain() {
        behaviour = _ -> hang();
        ParcelsApi impatient = waitingFor(IMPATIENCE);
        long began = System.nanoTime();

        assertUnavailable(impatient::find);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(IMPATIENCE, Duration.ofSeconds(30));
        assertThat(arrived).hasValue(1);
    }

    @Test
    void answerThatBreaksOffIsAFailedCall() {
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("half".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        };

        assertUnavailable(parcels::send);
    }

    @Test
    void serviceThatIsAwayIsLeftAloneThenTriedAndUsedAgain() {
        behaviour = HttpExchange::close;
        for (int i = 0; i < BREAKER_CALLS; i++) {
            assertUnavailable(parcels::send);
        }
        int before = arrived.get();

        ProblemException open = assertUnavailable(parcels::send);

        assertThat(open.retryAfter()).isEqualTo(PAUSE);
        assertThat(arrived).hasValue(before);
        assertThat(openness()).isEqualTo(1);

        behaviour = RemoteServiceTest::sayYes;
        LockSupport.parkNanos(PAUSE.plusMillis(100).toNanos());
        for (int i = 0; i < 3; i++) {
            assertThat(parcels.send()).isEqualTo("yes");
        }
        assertThat(openness()).isZero();
    }

    @Test
    void serverErrorThatNoServiceHasWrittenPassesAsIfTheServiceWereAway() {
        for (int status : List.of(500, 502, 599)) {
            behaviour = exchange -> problem(exchange, status, "<html>Something between us has broken</html>");

            assertUnavailable(parcels::send);
        }
    }

    @Test
    void clientErrorThatNoServiceHasWrittenIsAFaultOfOurs() {
        behaviour = exchange -> problem(exchange, 404, "<html>Not here</html>");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(parcels::send)
                .withMessageContaining("was answered 404");
    }

    @Test
    void refusalsDoNotCountAgainstTheService() {
        behaviour =
                exchange -> problem(exchange, 409, "{\"status\":409,\"code\":\"too-late\",\"detail\":\"too late\"}");
        for (int i = 0; i < 2 * BREAKER_CALLS; i++) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(parcels::find)
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo("too-late"));
        }

        assertThat(openness()).isZero();
    }

    @Test
    void anotherServiceThatIsAwayBehindItDoesNotCountAgainstTheService() {
        behaviour = exchange -> problem(
                exchange,
                503,
                "{\"status\":503,\"code\":\"service-unavailable\",\"detail\":\"away\",\"service\":\"drivers\"}");
        for (int i = 0; i < 2 * BREAKER_CALLS; i++) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(parcels::find)
                    .satisfies(problem -> assertThat(
                                    problem.properties().get("service").toString())
                            .contains("drivers"));
        }

        assertThat(openness()).isZero();
        assertThat(arrived).hasValue(2 * BREAKER_CALLS);
    }

    @Test
    void callsBeyondTheLimitAreRefusedInsteadOfPilingUp() throws Exception {
        CountDownLatch inside = new CountDownLatch(CONCURRENT);
        CountDownLatch leave = new CountDownLatch(1);
        behaviour = exchange -> {
            inside.countDown();
            await(leave);
            sayYes(exchange);
        };
        ParcelsApi patient = parcels(RemoteSettings.defaults(), CONCURRENT);
        Future<String> first = threads.submit(patient::send);
        Future<String> second = threads.submit(patient::send);
        inside.await();

        assertUnavailable(patient::send);
        leave.countDown();

        assertThat(first.get()).isEqualTo("yes");
        assertThat(second.get()).isEqualTo("yes");
        assertThat(arrived).hasValue(CONCURRENT);
    }

    @Test
    void tryingAgainAddsATenthToTheLoadAndNoMore() {
        RetryBudget budget = new RetryBudget();
        int spent = 0;
        for (int call = 0; call < 1000; call++) {
            budget.earn();
            if (budget.spend()) {
                spent++;
            }
        }

        assertThat(spent).isBetween(100, 110);
    }

    private ParcelsApi parcels(RemoteSettings settings, int concurrent) {
        return parcels(new RemoteSettings(
                settings.connectTimeout(),
                settings.readTimeout(),
                settings.providerTimeout(),
                settings.longTimeout(),
                settings.retries(),
                concurrent,
                settings.breakerCalls(),
                settings.breakerPause()));
    }

    private ParcelsApi parcels(RemoteSettings settings) {
        RemoteExchanges exchanges = new RemoteExchanges(
                new RemoteService("parcels", settings, meters),
                length -> RestClientAdapter.create(client(settings.connectTimeout(), settings.timeout(length))));
        return HttpServiceProxyFactory.builderFor(exchanges)
                .httpRequestValuesProcessor(CallRules.processor())
                .build()
                .createClient(ParcelsApi.class);
    }

    private RestClient client(Duration connectTimeout, Duration readTimeout) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(connectTimeout).build());
        requests.setReadTimeout(readTimeout);
        return RestClient.builder()
                .baseUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .requestFactory(requests)
                .defaultStatusHandler(new RemoteProblems(JsonMapper.shared()))
                .build();
    }

    private double openness() {
        return meters.get("cartulary.service.breaker.open").gauge().value();
    }

    private void failTimes(int times) {
        AtomicInteger left = new AtomicInteger(times);
        behaviour = exchange -> {
            if (left.getAndDecrement() > 0) {
                exchange.close();
            } else {
                sayYes(exchange);
            }
        };
    }

    private void hang() {
        await(end);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sayYes(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, 3);
        exchange.getResponseBody().write("yes".getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private static void problem(HttpExchange exchange, int status, String document) throws IOException {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static ProblemException assertUnavailable(Runnable call) {
        ProblemException[] problem = new ProblemException[1];
        assertThatExceptionOfType(ProblemException.class).isThrownBy(call::run).satisfies(thrown -> {
            assertThat(thrown.status().value()).isEqualTo(503);
            assertThat(thrown.code()).isEqualTo("service-unavailable");
            assertThat(thrown.retryAfter()).isPositive();
            assertThat(thrown.properties()).containsEntry("service", "parcels");
            problem[0] = thrown;
        });
        return problem[0];
    }
}
