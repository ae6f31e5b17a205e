package org.cartulary.platform.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SagasDbTest {

    record Trip(List<String> done) {
        Trip with(String step) {
            List<String> more = new ArrayList<>(done);
            more.add(step);
            return new Trip(more);
        }
    }

    /** What the end of the process looks like, at a point between what is kept. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Shop shop = new Shop();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile BiFunction<String, Trip, StepResult<Trip>> flight =
            (name, trip) -> new StepResult.Done<>(trip.with(name));
    private volatile Runnable undoHotel = () -> {};
    private volatile String crashAt = "";
    private volatile String unneeded = "";
    private volatile Duration slowCar = Duration.ZERO;

    @AfterEach
    void close() {
        shop.close();
    }

    private SagaStep<Trip> step(String name) {
        return new SagaStep<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean isNeeded(Trip trip) {
                return !unneeded.equals(name);
            }

            @Override
            public StepResult<Trip> run(Trip trip, SagaRun run) {
                calls.add(name);
                if (name.equals("car")) {
                    LockSupport.parkNanos(slowCar.toNanos());
                }
                return name.equals("flight") ? flight.apply(name, trip) : new StepResult.Done<>(trip.with(name));
            }

            @Override
            public Trip compensate(Trip trip, SagaRun run) {
                calls.add("undo " + name);
                if (name.equals("hotel")) {
                    undoHotel.run();
                }
                return trip.with("undo " + name);
            }
        };
    }

    private Sagas<Trip> sagas(Duration lease) {
        return sagas(lease, SagaHeartbeat.of(shop.database), List.of((type, id, point) -> {
            if (point.equals(crashAt)) {
                throw new Crash();
            }
        }));
    }

    private Sagas<Trip> sagas(Duration lease, SagaHeartbeat heartbeat, List<SagaListener> listeners) {
        var definition = new SagaDefinition<>(
                "trip",
                Trip.class,
                List.of(step("car"), step("hotel"), step("flight")),
                (tx, id, trip, status, code, detail) -> Shop.note(tx, status + " " + code + " " + trip.done()));
        return new Sagas<>(
                shop.database,
                definition,
                shop.json,
                shop.meters,
                lease,
                heartbeat,
                SagaListeners.of(definition, listeners));
    }

    private Sagas<Trip> sagas() {
        return sagas(Duration.ofSeconds(60));
    }

    private SagaOutcome<Trip> start(Sagas<Trip> sagas, UUID id) {
        return shop.context()
                .supply(() -> sagas.start(
                        tx -> {
                            Shop.note(tx, "intent");
                            return new Trip(List.of());
                        },
                        id));
    }

    private void letLeasesExpire() {
        shop.execute("UPDATE saga_instances SET lease_until = now() - interval '1 s' WHERE lease_until IS NOT NULL");
        shop.execute("UPDATE saga_instances SET next_attempt_at = now()");
    }

    private long countSagas(String status) {
        return shop.count("SELECT count(*) FROM saga_instances WHERE status = '" + status + "'");
    }

    @Test
    @Tag("PLT-12")
    void allStepsAreDoneAndTheEndIsWrittenOnce() {
        UUID id = Ids.next();
        var sagas = sagas();
        assertThat(start(sagas, id))
                .isEqualTo(new SagaOutcome.Completed<>(new Trip(List.of("car", "hotel", "flight"))));
        assertThat(shop.effects()).containsExactly("intent", "COMPLETED null [car, hotel, flight]");
        assertThat(countSagas("completed")).isEqualTo(1);
        assertThat(shop.count(
                        "SELECT count(*) FROM saga_steps WHERE status = 'completed' AND completed_at IS NOT NULL"))
                .isEqualTo(3);
        letLeasesExpire();
        assertThat(sagas.recoverDue(10)).isZero();
        assertThat(shop.context().supply(() -> sagas.find(id))).isInstanceOf(SagaOutcome.Completed.class);
    }

    @Test
    @Tag("PLT-12")
    void aRefusalUndoesTheEarlierStepsInReverseOrder() {
        flight = (name, trip) -> new StepResult.Refused<>(trip, "sold-out", "no seats");
        UUID id = Ids.next();
        var sagas = sagas();
        assertThat(start(sagas, id))
                .isInstanceOfSatisfying(
                        SagaOutcome.Compensated.class,
                        it -> assertThat(it.code()).isEqualTo("sold-out"));
        assertThat(calls).containsExactly("car", "hotel", "flight", "undo hotel", "undo car");
        assertThat(shop.effects()).containsExactly("intent", "COMPENSATED sold-out [car, hotel, undo hotel, undo car]");
        assertThat(shop.count("SELECT count(*) FROM saga_steps WHERE status = 'compensated'"))
                .isEqualTo(2);
        assertThat(shop.context().supply(() -> sagas.find(id))).isInstanceOf(SagaOutcome.Compensated.class);
    }

    @Test
    @Tag("PLT-12")
    void aStepThatIsNotNeededIsNeitherDoneNorUndoneNorNoted() {
        unneeded = "hotel";

        UUID forward = Ids.next();
        assertThat(start(sagas(), forward)).isEqualTo(new SagaOutcome.Completed<>(new Trip(List.of("car", "flight"))));
        flight = (name, trip) -> new StepResult.Refused<>(trip, "sold-out", "no seat is left");
        UUID backward = Ids.next();
        assertThat(start(sagas(), backward)).isInstanceOf(SagaOutcome.Compensated.class);

        assertThat(calls).containsExactly("car", "flight", "car", "flight", "undo car");
        assertThat(shop.count("SELECT count(*) FROM saga_steps WHERE step_type = 'hotel'"))
                .isZero();
    }

    @Test
    @Tag("PLT-12")
    void aCrashBetweenStepsIsResumedByAnotherNode() {
        crashAt = "flight/before";
        assertThatExceptionOfType(Crash.class).isThrownBy(() -> start(sagas(), Ids.next()));
        assertThat(countSagas("started")).isEqualTo(1);
        crashAt = "";
        var other = sagas();
        assertThat(other.recoverDue(10)).as("the lease has not expired").isZero();
        letLeasesExpire();
        assertThat(other.recoverDue(10)).isEqualTo(1);
        assertThat(shop.effects()).containsExactly("intent", "COMPLETED null [car, hotel, flight]");
    }

    @Test
    @Tag("PLT-12")
    void aCrashWhileUndoingNeverGoesForwardAgain() {
        flight = (name, trip) -> new StepResult.Refused<>(trip, "sold-out", "no seats");
        crashAt = "hotel/undoing";
        assertThatExceptionOfType(Crash.class).isThrownBy(() -> start(sagas(), Ids.next()));
        assertThat(countSagas("compensating")).isEqualTo(1);
        crashAt = "";
        calls.clear();
        letLeasesExpire();
        assertThat(sagas().recoverDue(10)).isEqualTo(1);
        assertThat(calls).containsExactly("undo hotel", "undo car");
        assertThat(countSagas("compensated")).isEqualTo(1);
    }

    @Test
    @Tag("PLT-12")
    void anUnknownOutcomeIsPendingAndGoesOnAtThatStep() {
        flight = (name, trip) -> {
            throw new IllegalStateException("timed out");
        };
        var sagas = sagas();
        UUID id = Ids.next();
        assertThat(start(sagas, id)).isEqualTo(new SagaOutcome.Pending<>(id));
        assertThat(shop.context().supply(() -> sagas.find(id))).isEqualTo(new SagaOutcome.Pending<>(id));
        flight = (name, trip) -> new StepResult.Done<>(trip.with(name));
        calls.clear();
        letLeasesExpire();
        assertThat(sagas.recoverDue(10)).isEqualTo(1);
        assertThat(calls).containsExactly("flight");
        assertThat(countSagas("completed")).isEqualTo(1);
    }

    @Test
    @Tag("PLT-13")
    void whatIsSuspendedIsToldFromWhatIsRunForTheFirstTimeAndFromWhatHasEnded() {
        UUID id = Ids.next();
        var sagas = sagas();
        List<Optional<Trip>> seen = new ArrayList<>();
        Runnable look =
                () -> seen.add(shop.context().supply(() -> shop.database.inTransaction(tx -> sagas.suspended(tx, id))));
        flight = (name, trip) -> {
            look.run();
            throw new IllegalStateException("timed out");
        };

        start(sagas, id);
        look.run();
        flight = (name, trip) -> new StepResult.Done<>(trip.with(name));
        letLeasesExpire();
        sagas.recoverDue(1);
        look.run();

        assertThat(seen)
                .containsExactly(Optional.empty(), Optional.of(new Trip(List.of("car", "hotel"))), Optional.empty());
    }

    @Test
    @Tag("PLT-12")
    void aCompensationThatFailsThreeTimesIsLeftToARecovery() {
        flight = (name, trip) -> new StepResult.Refused<>(trip, "sold-out", "no seats");
        undoHotel = () -> {
            throw new IllegalStateException("not now");
        };
        assertThat(start(sagas(), Ids.next())).isInstanceOf(SagaOutcome.Pending.class);
        assertThat(calls).containsExactly("car", "hotel", "flight", "undo hotel", "undo hotel", "undo hotel");
        undoHotel = () -> {};
        letLeasesExpire();
        sagas().recoverDue(10);
        assertThat(shop.effects()).endsWith("COMPENSATED sold-out [car, hotel, undo hotel, undo car]");
    }

    @Test
    @Tag("PLT-12")
    void twoNodesThatRecoverAtOnceRunItOnce() throws Exception {
        flight = (name, trip) -> new StepResult.Retry<>("later");
        for (int i = 0; i < 5; i++) {
            start(sagas(), Ids.next());
        }
        flight = (name, trip) -> new StepResult.Done<>(trip.with(name));
        calls.clear();
        letLeasesExpire();
        var barrier = new CyclicBarrier(2);
        Callable<Integer> node = () -> {
            var sagas = sagas();
            barrier.await();
            return sagas.recoverDue(10);
        };
        try (var nodes = Executors.newFixedThreadPool(2)) {
            int recovered = 0;
            for (Future<Integer> future : nodes.invokeAll(List.of(node, node))) {
                recovered += future.get();
            }
            assertThat(recovered).isEqualTo(5);
        }
        assertThat(calls).hasSize(5).containsOnly("flight");
        assertThat(countSagas("completed")).isEqualTo(5);
    }

    @Test
    @Tag("PLT-12")
    void aSagaThatAnotherNodeIsTakingUpIsPassedOverWithoutWaiting() throws Exception {
        flight = (name, trip) -> new StepResult.Retry<>("later");
        start(sagas(), Ids.next());
        letLeasesExpire();
        try (var other = Executors.newSingleThreadExecutor()) {
            int taken = shop.database.asWorker(tx -> {
                tx.jdbc()
                        .sql("SELECT saga_id FROM saga_instances FOR UPDATE")
                        .query(UUID.class)
                        .list();
                try {
                    return other.submit(() -> sagas().recoverDue(1)).get(60, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(taken).isZero();
        }
    }

    @Test
    @Tag("PLT-12")
    void aNodeThatLostItsLeaseWritesNothing() {
        var other = sagas();
        flight = (name, trip) -> {
            // While this node is stalled in its last step, another one takes the saga over and ends it.
            flight = (again, state) -> new StepResult.Done<>(state.with("flight of the other"));
            letLeasesExpire();
            assertThat(other.recoverDue(1)).isEqualTo(1);
            return new StepResult.Done<>(trip.with("flight of the stalled"));
        };
        assertThat(start(sagas(), Ids.next())).isInstanceOf(SagaOutcome.Pending.class);
        assertThat(shop.effects()).containsExactly("intent", "COMPLETED null [car, hotel, flight of the other]");
        assertThat(shop.meters.get("cartulary.saga.lost.leases").counter().count())
                .isEqualTo(1);
    }

    @Test
    @Tag("PLT-12")
    void aLongSagaRenewsItsLeaseAndStoresItsProgress() {
        crashAt = "flight/before";
        assertThatExceptionOfType(Crash.class).isThrownBy(() -> start(sagas(Duration.ZERO), Ids.next()));
        assertThat(shop.count("SELECT current_step FROM saga_instances")).isEqualTo(2);
        assertThat(shop.count("SELECT count(*) FROM saga_steps WHERE status = 'completed'"))
                .isEqualTo(2);
    }

    /** So long that it is not over before the node is stopped, however busy the machine is; the tests let it expire. */
    private static final Duration LEASE_OF_THE_PAUSED = Duration.ofSeconds(4);

    /** A node whose process is stopped as a whole, its heartbeat too, until it is let go on. */
    private final class PausedNode implements SagaListener {

        private final String point;
        private final CountDownLatch stopped = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final Sagas<Trip> sagas =
                sagas(LEASE_OF_THE_PAUSED, new SagaHeartbeat(Duration.ofHours(1)), List.of(this));

        PausedNode(String point) {
            this.point = point;
        }

        @Override
        public void reached(String type, UUID id, String reached) {
            if (reached.equals(point) && stopped.getCount() > 0) {
                stopped.countDown();
                awaitLatch(goOn);
            }
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @Tag("PLT-12")
    @CsvSource({
        "flight/before, true", "flight/before, false", "end/before, true", "end/before, false",
        "progress/before, true", "progress/before, false", "refused/before, true", "refused/before, false",
        "suspended/before, true", "suspended/before, false"
    })
    void aNodeThatIsPausedAndWakesUpTooLateChangesNothing(String point, boolean takenUpByItself) throws Exception {
        var paused = new PausedNode(point);
        if (point.startsWith("refused")) {
            flight = (name, trip) -> new StepResult.Refused<>(trip, "sold-out", "no seats");
        } else if (point.startsWith("suspended")) {
            flight = (name, trip) -> new StepResult.Retry<>("later");
        } else if (point.startsWith("progress")) {
            // Longer than half of its lease, so that it stores its progress before its next step.
            slowCar = LEASE_OF_THE_PAUSED.dividedBy(2).plusMillis(100);
        }
        try (var nodes = Executors.newFixedThreadPool(2)) {
            Future<SagaOutcome<Trip>> outcome = nodes.submit(() -> start(paused.sagas, Ids.next()));
            awaitLatch(paused.stopped);
            letLeasesExpire();
            slowCar = Duration.ZERO;
            var taken = new CountDownLatch(1);
            var mayEnd = new CountDownLatch(1);
            flight = (name, trip) -> {
                flight = (again, state) -> new StepResult.Done<>(state.with("flight of the paused"));
                taken.countDown();
                awaitLatch(mayEnd);
                return new StepResult.Done<>(trip.with("flight of the other"));
            };
            Sagas<Trip> other = takenUpByItself ? paused.sagas : sagas();
            Future<?> recovery = nodes.submit(() -> {
                Shop.await(() -> other.recoverDue(1) == 1);
                return null;
            });
            awaitLatch(taken);
            // The other one is in the middle of it, and holds the lease, when this one wakes up.
            paused.goOn.countDown();
            assertThat(outcome.get()).isInstanceOf(SagaOutcome.Pending.class);
            mayEnd.countDown();
            recovery.get();
        }
        assertThat(shop.effects()).containsExactly("intent", "COMPLETED null [car, hotel, flight of the other]");
        assertThat(countSagas("completed")).isEqualTo(1);
        assertThat(shop.count("SELECT attempts FROM saga_instances")).isZero();
        assertThat(shop.meters.get("cartulary.saga.lost.leases").counter().count())
                .isEqualTo(1);
    }

    @Test
    @Tag("PLT-12")
    void aSagaThatTakesLongKeepsItsLeaseWhileItsProcessLives() throws Exception {
        var began = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        flight = (name, trip) -> {
            began.countDown();
            awaitLatch(goOn);
            return new StepResult.Done<>(trip.with(name));
        };
        // A machine that is too busy for a heartbeat in that time would prove nothing.
        var living = sagas(Duration.ofSeconds(20), new SagaHeartbeat(Duration.ofMillis(100)), List.of());
        try (var node = Executors.newSingleThreadExecutor()) {
            Future<SagaOutcome<Trip>> outcome = node.submit(() -> start(living, Ids.next()));
            awaitLatch(began);
            String until = "SELECT (extract(epoch FROM lease_until) * 1000)::bigint FROM saga_instances";
            long first = shop.count(until);
            // It is prolonged again and again, beyond the end of the lease that it began with.
            Shop.await(() -> {
                assertThat(sagas().recoverDue(1)).as("somebody runs it").isZero();
                return shop.count(until) > first + 2000;
            });
            goOn.countDown();
            assertThat(outcome.get()).isInstanceOf(SagaOutcome.Completed.class);
        }
        assertThat(shop.effects()).containsExactly("intent", "COMPLETED null [car, hotel, flight]");
    }

    @Test
    @Tag("PLT-12")
    void aFaultThatNoRepetitionMendsSetsTheSagaAsideAfterFiveAttempts() {
        flight = (name, trip) -> {
            throw new NullPointerException("a defect");
        };
        var sagas = sagas();
        start(sagas, Ids.next());
        for (int attempt = 2; attempt <= 5; attempt++) {
            assertThat(countSagas("failed")).isZero();
            letLeasesExpire();
            assertThat(sagas.recoverDue(10)).isEqualTo(1);
        }
        assertThat(countSagas("failed")).isEqualTo(1);
        assertThat(shop.count("SELECT count(*) FROM saga_instances WHERE error LIKE '%a defect%' AND attempts = 5"))
                .isEqualTo(1);
        assertThat(shop.meters.get("cartulary.saga.failed").counter().count()).isEqualTo(1);
        letLeasesExpire();
        assertThat(sagas.recoverDue(10)).isZero();
    }

    @Test
    @Tag("PLT-12")
    void aFaultThatPassesIsTriedForADayAndThenLeftToAnOperator() {
        flight = (name, trip) -> {
            throw ProblemException.unavailable("service-unavailable", "not now", Duration.ofSeconds(1));
        };
        var sagas = sagas();
        start(sagas, Ids.next());
        for (int attempt = 0; attempt < 12; attempt++) {
            letLeasesExpire();
            assertThat(sagas.recoverDue(10)).isEqualTo(1);
        }
        assertThat(countSagas("failed")).isZero();
        assertThat(shop.count(
                        "SELECT extract(epoch FROM next_attempt_at - clock_timestamp())::bigint FROM saga_instances"))
                .isBetween(100L, 301L);
        shop.execute("UPDATE saga_instances SET suspended_since = now() - interval '25 hours'");
        letLeasesExpire();
        assertThat(sagas.recoverDue(10)).isEqualTo(1);
        assertThat(countSagas("failed")).isEqualTo(1);
    }

    @Test
    @Tag("PLT-12")
    void whatFailedBeforeDoesNotCountForLaterSteps() {
        flight = (name, trip) -> {
            throw new NullPointerException("a defect");
        };
        var sagas = sagas();
        start(sagas, Ids.next());
        flight = (name, trip) -> new StepResult.Refused<>(trip, "sold-out", "no seats");
        undoHotel = () -> {
            throw new NullPointerException("another defect");
        };
        letLeasesExpire();
        sagas.recoverDue(1);
        assertThat(shop.count("SELECT attempts FROM saga_instances")).isEqualTo(1);
        assertThat(shop.count("SELECT faults FROM saga_instances")).isEqualTo(1);
    }

    @Test
    @Tag("PLT-12")
    void aSagaThatCannotBeReadIsSetAsideAndHoldsUpNoOther() {
        flight = (name, trip) -> new StepResult.Retry<>("later");
        var sagas = sagas();
        UUID broken = Ids.next();
        start(sagas, broken);
        shop.execute("UPDATE saga_instances SET saga_data = '[]'");
        start(sagas, Ids.next());
        flight = (name, trip) -> new StepResult.Done<>(trip.with(name));
        for (int attempt = 0; attempt < 5; attempt++) {
            letLeasesExpire();
            sagas.recoverDue(10);
        }
        assertThat(countSagas("failed")).isEqualTo(1);
        assertThat(countSagas("completed")).isEqualTo(1);
        assertThat(shop.count("SELECT count(*) FROM saga_instances WHERE saga_data = '[]'"))
                .isEqualTo(1);
    }

    @Test
    @Tag("PLT-12")
    void listenersAreToldOfEveryPoint() {
        List<String> told = new CopyOnWriteArrayList<>();
        List<String> possible = new CopyOnWriteArrayList<>();
        SagaListener listener = new SagaListener() {
            @Override
            public void defined(String type, List<String> points) {
                possible.addAll(points);
            }

            @Override
            public void reached(String type, UUID id, String point) {
                told.add(point);
                throw new IllegalStateException("a listener that fails changes nothing");
            }
        };
        var sagas = sagas(Duration.ofSeconds(60), SagaHeartbeat.of(shop.database), List.of(listener));

        start(sagas, Ids.next());
        assertThat(told)
                .containsExactly(
                        "begin/before",
                        "started",
                        "car/before",
                        "car/done",
                        "hotel/before",
                        "hotel/done",
                        "flight/before",
                        "flight/done",
                        "end/before",
                        "end/written");
        told.clear();

        flight = (name, trip) -> new StepResult.Retry<>("later");
        start(sagas, Ids.next());
        assertThat(told).endsWith("hotel/done", "flight/before", "suspended/before", "suspended");
        told.clear();

        flight = (name, trip) -> new StepResult.Refused<>(trip, "sold-out", "no seats");
        letLeasesExpire();
        sagas.recoverDue(1);
        assertThat(told)
                .containsExactly(
                        "resumed",
                        "flight/before",
                        "refused/before",
                        "refused",
                        "hotel/undoing",
                        "hotel/undone",
                        "car/undoing",
                        "car/undone",
                        "end/before",
                        "end/written");
        assertThat(possible).doesNotHaveDuplicates().containsAll(told);
        assertThat(countSagas("compensated")).isEqualTo(1);
    }
}
