package org.cartulary.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.tests.support.ForkedPlatform;
import org.cartulary.tests.support.HttpShop;
import org.cartulary.tests.support.Installation;
import org.cartulary.tests.support.Patience;
import org.cartulary.tests.support.Reconciled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * The platform is killed at every point of every saga. The points are not listed here: a first run of each scenario tells
 * them, so that a new step is covered by itself.
 *
 * <p>For every point one saga is led there and held; when one waits at each, the process is killed. This is what single
 * kills would be, since the sagas have neither orders nor products in common, at the price of one start.
 */
@ExtendWith(SharedCrashSite.class)
@Tag("PLT-12")
@Tag("PLT-13")
@Tag("CHK-02")
@Tag("PAY-06")
final class KillMatrixTest {

    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(4);

    private static CrashSite site;
    private static KillMatrix matrix;
    private static int port;

    /** The one that examines what became of a kill is the next one to be killed, since each start takes its time. */
    private static @Nullable ForkedPlatform alive;

    /** What is killed. */
    enum Kill {
        /** The process of the platform, while PostgreSQL goes on. */
        JAVA,
        /** Both at once. */
        JAVA_AND_POSTGRES,
        /** The process, and the next one in the middle of its recovery, again and again. */
        JAVA_AGAIN_AND_AGAIN
    }

    /** A saga that waits at the point where it is going to be killed. */
    private record Victim(Scenario scenario, String point, Scenario.Attempt attempt, Future<HttpShop.Answer> call) {}

    /** A scenario and a point to which it leads. */
    private record Target(Scenario scenario, String point) {}

    @BeforeAll
    static void open(CrashSite shared) {
        site = shared;
        matrix = new KillMatrix();
        port = Installation.freePort();
    }

    @AfterAll
    static void close() throws IOException {
        if (alive != null) {
            alive.close();
        }
        matrix.print();
    }

    @ParameterizedTest
    @EnumSource
    void killedAnywhereAnOrderIsCompleteOrUndone(Kill kill) throws ExecutionException, InterruptedException {
        List<Victim> victims;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            try (ForkedPlatform platform = alive == null ? start() : alive) {
                victims = lead(platform, callers);
                kill(kill, platform);
            }
            alive = null;
            for (Victim victim : victims) {
                assertThat(victim.call())
                        .as(victim.point())
                        .failsWithin(ANSWER_LIMIT)
                        .withThrowableThat()
                        .withCauseInstanceOf(HttpShop.UnansweredException.class);
            }
        }
        site.control().releaseAll();
        site.letTimePass();
        if (kill == Kill.JAVA_AGAIN_AND_AGAIN) {
            diesDuringRecovery();
        }
        site.renewReservations();
        ForkedPlatform successor = start();
        alive = successor;
        examine(kill, successor, victims);
    }

    private static ForkedPlatform start() {
        return site.controlled(CrashSite.FIRST, port).start();
    }

    private static List<Victim> lead(ForkedPlatform platform, ExecutorService callers)
            throws ExecutionException, InterruptedException {
        Market market = market(platform);
        List<Victim> victims = new ArrayList<>();
        for (Target target : targets(platform, market)) {
            site.renewReservations();
            victims.add(lead(target, target.scenario().prepare(market), callers));
        }
        return victims;
    }

    private static Market market(ForkedPlatform platform) {
        return Market.open(platform.merchant(), platform.visitor(), site.prices());
    }

    /** Runs every scenario once, in peace, and sees which points it alone leads to, and those after them. */
    private static List<Target> targets(ForkedPlatform platform, Market market) {
        JsonNode openApi = platform.visitor().get("/openapi.json").expect(200);
        Set<String> covered = new HashSet<>();
        List<Target> targets = new ArrayList<>();
        for (Scenario scenario : Scenario.offeredBy(openApi, Scenarios.all(site))) {
            List<String> points = pointsOf(scenario, market);
            int first = 0;
            while (first < points.size() && covered.contains(scenario.sagaType() + points.get(first))) {
                first++;
            }
            points.subList(first, points.size()).forEach(point -> {
                covered.add(scenario.sagaType() + point);
                targets.add(new Target(scenario, point));
            });
        }
        return targets;
    }

    /** The points that the saga passes until its caller is answered. */
    private static List<String> pointsOf(Scenario scenario, Market market) {
        Scenario.Attempt attempt = scenario.prepare(market);
        int before = site.control().passed().size();
        if (scenario.interference() != null) {
            site.control()
                    .holdNext(
                            scenario.sagaType(), List.of(scenario.interference().point()));
        }
        try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpShop.Answer> call = caller.submit(attempt.call()::get);
            interfere(scenario, Set.of(), call);
            assertThat(call)
                    .succeedsWithin(ANSWER_LIMIT)
                    .satisfies(answer ->
                            assertThat(answer.status()).as(answer.text()).isIn(202, attempt.status()));
        }
        List<SagaControl.Passed> passed = site.control().passed();
        List<SagaControl.Passed> own = passed.subList(before, passed.size()).stream()
                .filter(point -> point.sagaType().equals(scenario.sagaType()))
                .toList();
        UUID sagaId = own.getFirst().sagaId();
        // A recovery may take up what was suspended before this is read: where it comes by is not on the caller's way.
        return List.copyOf(new LinkedHashSet<>(own.stream()
                .filter(point -> point.sagaId().equals(sagaId))
                .map(SagaControl.Passed::point)
                .takeWhile(point -> !point.equals("resumed"))
                .toList()));
    }

    private static Victim lead(Target target, Scenario.Attempt attempt, ExecutorService callers) {
        Scenario scenario = target.scenario();
        List<String> holds = new ArrayList<>();
        if (scenario.interference() != null) {
            holds.add(scenario.interference().point());
        }
        holds.add(target.point());
        Set<UUID> held = site.control().held();
        site.control().holdNext(scenario.sagaType(), holds);
        Future<HttpShop.Answer> call = callers.submit(attempt.call()::get);
        interfere(scenario, held, call);
        site.control().awaitAnother(held, target.point(), call);
        return new Victim(scenario, target.point(), attempt, call);
    }

    private static void interfere(Scenario scenario, Set<UUID> held, Future<HttpShop.Answer> call) {
        Scenario.@Nullable Interference interference = scenario.interference();
        if (interference != null) {
            UUID sagaId = site.control().awaitAnother(held, interference.point(), call);
            interference.act().accept(sagaId);
            site.control().release(sagaId);
        }
    }

    private static void kill(Kill kill, ForkedPlatform platform) {
        platform.killJavaOnly();
        if (kill == Kill.JAVA_AND_POSTGRES) {
            site.killPostgres();
            site.postgres().restart();
        }
    }

    /** Each start comes a few points further than the one before it. */
    private static void diesDuringRecovery() {
        for (int points = 3; points <= 11; points += 4) {
            site.renewReservations();
            try (ForkedPlatform doomed = site.controlled(CrashSite.FIRST, port)
                    .property(ControlledSagas.HALT_AFTER, points)
                    .launch()) {
                assertThat(doomed.awaitEnd(ANSWER_LIMIT)).isEqualTo(ControlledSagas.HALTED);
            }
            site.letTimePass();
        }
    }

    private static void examine(Kill kill, ForkedPlatform platform, List<Victim> victims) {
        site.awaitQuiet();
        List<KillMatrix.Row> rows = new ArrayList<>();
        for (Victim victim : victims) {
            Scenario.Attempt attempt = victim.attempt();
            Scenario.State recovered = state(platform, attempt);
            HttpShop.Answer answer = Patience.answer(attempt.call());
            site.awaitQuiet();
            rows.add(new KillMatrix.Row(
                    kill.name(),
                    victim.scenario().name(),
                    victim.point(),
                    recovered,
                    recovered.isThatOf(attempt.before()) || recovered.isThatOf(attempt.after()),
                    answer.status(),
                    state(platform, attempt),
                    answer.status() == attempt.status()
                            && state(platform, attempt).isThatOf(attempt.after())));
        }
        Reconciled reconciled = Reconciled.by(platform.operator());
        matrix.add(rows, reconciled);
        assertThat(rows).allMatch(KillMatrix.Row::atomic);
        assertThat(rows).allMatch(KillMatrix.Row::completed);
        assertThat(reconciled.breaches()).isEmpty();
    }

    private static Scenario.State state(ForkedPlatform platform, Scenario.Attempt attempt) {
        CrashSite.Charged charged = site.charged(attempt.total());
        int available = platform.visitor()
                .get("/api/v1/store/products/" + attempt.product() + "/availability")
                .expect(200)
                .path("available")
                .asInt();
        return new Scenario.State(available, charged.times(), charged.sum());
    }
}
