package org.cartulary.platform.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.platform.audit.DataAccessLog;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;
import org.cartulary.platform.saga.SagaDefinition;
import org.cartulary.platform.saga.SagaRun;
import org.cartulary.platform.saga.SagaStep;
import org.cartulary.platform.saga.Sagas;
import org.cartulary.platform.saga.StepResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;

@Tag("PLT-12")
class StuckWorkDbTest {

    private static final UUID OPERATOR = new UUID(0, 7);

    record Trip(List<String> done) {
        Trip with(String step) {
            List<String> more = new ArrayList<>(done);
            more.add(step);
            return new Trip(more);
        }
    }

    private final Shop shop = new Shop();
    private final OperationsEndpoint operations = new OperationsEndpoint(
            shop.databases(), new EventBus(shop.json, shop.meters), shop.json, new DataAccessLog(DataAccessLog.KEPT));
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile boolean hotelBroken = true;
    private volatile boolean carSticks;
    private final Sagas<Trip> sagas = new Sagas<>(
            shop.database,
            new SagaDefinition<>(
                    "trip",
                    Trip.class,
                    List.of(step("car"), step("hotel"), step("flight")),
                    (tx, id, trip, status, code, detail) -> Shop.note(tx, status + " " + code + " " + trip.done())),
            shop.json,
            shop.meters);

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
            public StepResult<Trip> run(Trip trip, SagaRun run) {
                calls.add(name);
                if (name.equals("hotel") && hotelBroken) {
                    throw new NullPointerException("the hotel burns");
                }
                return new StepResult.Done<>(trip.with(name));
            }

            @Override
            public Trip compensate(Trip trip, SagaRun run) {
                calls.add("undo " + name);
                if (name.equals("car") && carSticks) {
                    throw new NullPointerException("the car sticks");
                }
                return trip;
            }
        };
    }

    private UUID suspended() {
        UUID id = Ids.next();
        shop.context().run(() -> sagas.start(tx -> new Trip(List.of()), id));
        return id;
    }

    private UUID failed() {
        UUID id = suspended();
        shop.execute("UPDATE saga_instances SET status = 'failed' WHERE saga_id = '" + id + "'");
        return id;
    }

    private static <T> T asOperator(Callable<T> work) throws Exception {
        return new RequestContext(
                        null,
                        new Principal(Principal.Kind.INTEGRATION, OPERATOR, Set.of("operations:run")),
                        TraceIds.next())
                .call(work);
    }

    private OperatorAction act(StuckKind kind, UUID id, OperatorAct act) throws Exception {
        return asOperator(() -> operations.act("shop", new ActOnStuckWork(kind, id, act, "the hotel burns", null)));
    }

    private List<StuckWork> stuck() {
        return operations.find("shop", new FindStuckWork(null, null, null, 100));
    }

    private StuckWork only() {
        assertThat(stuck()).hasSize(1);
        return stuck().getFirst();
    }

    private List<OperatorAction> actions() {
        return RequestContext.ofSystem(null)
                .supply(() -> operations.actions("shop", new FindOperatorActions(null, null, 100)));
    }

    private void refused(String code, Callable<?> work) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(work::call)
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void aSagaThatFailedIsListedWithItsStepsAndRetriedWithAnAuditRow() throws Exception {
        UUID id = failed();
        StuckWork work = only();
        assertThat(work.kind()).isEqualTo(StuckKind.SAGA);
        assertThat(work.state()).isEqualTo(StuckState.FAILED);
        assertThat(work.type()).isEqualTo("trip");
        assertThat(work.step()).isEqualTo(1);
        assertThat(work.error()).contains("the hotel burns");
        assertThat(work.acts()).containsExactly(OperatorAct.RETRY, OperatorAct.COMPENSATE, OperatorAct.SKIP);
        assertThat(work.steps())
                .extracting(StuckWork.Step::name, StuckWork.Step::status)
                .containsExactly(tuple("car", "completed"), tuple("hotel", "pending"));

        OperatorAction action = act(StuckKind.SAGA, id, OperatorAct.RETRY);
        hotelBroken = false;
        assertThat(sagas.recoverDue(1)).isEqualTo(1);

        assertThat(shop.effects()).containsExactly("COMPLETED null [car, hotel, flight]");
        assertThat(stuck()).isEmpty();
        assertThat(actions()).containsExactly(action);
        assertThat(action.principalId()).isEqualTo(OPERATOR);
        assertThat(action.tenantId()).isEqualTo(shop.tenant);
        assertThat(action.reason()).isEqualTo("the hotel burns");
        assertThat(action.before()).containsEntry("status", "failed").containsEntry("step", 1);
        assertThat(action.after()).containsEntry("status", "started").containsEntry("attempts", 0);
    }

    @Test
    void aSagaIsCompensatedFromItsCurrentStepOn() throws Exception {
        UUID id = suspended();
        assertThat(only().state()).isEqualTo(StuckState.SUSPENDED);
        calls.clear();

        act(StuckKind.SAGA, id, OperatorAct.COMPENSATE);
        assertThat(sagas.recoverDue(1)).isEqualTo(1);

        assertThat(calls).containsExactly("undo hotel", "undo car");
        assertThat(shop.effects()).containsExactly("COMPENSATED undone-by-operator [car]");
        refused("stuck-work-not-found", () -> act(StuckKind.SAGA, id, OperatorAct.COMPENSATE));
        refused("stuck-work-not-found", () -> act(StuckKind.SAGA, id, OperatorAct.SKIP));
        refused("stuck-work-not-found", () -> act(StuckKind.SAGA, id, OperatorAct.RETRY));
        assertThat(actions()).hasSize(1);
    }

    @Test
    void theCurrentStepOfASagaIsSkippedInEitherDirection() throws Exception {
        UUID forward = failed();
        act(StuckKind.SAGA, forward, OperatorAct.SKIP);
        refused("act-not-allowed", () -> act(StuckKind.SAGA, forward, OperatorAct.SKIP));
        assertThat(sagas.recoverDue(1)).isEqualTo(1);
        assertThat(shop.effects()).containsExactly("COMPLETED null [car, flight]");
        assertThat(shop.count("SELECT count(*) FROM saga_steps WHERE step_type = 'hotel' AND status = 'completed'"
                        + " AND error_message = 'skipped by an operator'"))
                .isEqualTo(1);

        carSticks = true;
        UUID backward = suspended();
        act(StuckKind.SAGA, backward, OperatorAct.COMPENSATE);
        sagas.recoverDue(1);
        assertThat(only().undoing()).isTrue();
        act(StuckKind.SAGA, backward, OperatorAct.SKIP);
        assertThat(sagas.recoverDue(1)).isEqualTo(1);
        assertThat(shop.effects()).last().isEqualTo("COMPENSATED undone-by-operator [car]");
    }

    @Test
    void whatOnlyGoesForwardIsNotCompensated() throws Exception {
        UUID id = failed();
        shop.execute("UPDATE saga_instances SET forward_only = true");
        assertThat(only().acts()).containsExactly(OperatorAct.RETRY, OperatorAct.SKIP);
        refused("act-not-allowed", () -> act(StuckKind.SAGA, id, OperatorAct.COMPENSATE));
        assertThat(only().state()).isEqualTo(StuckState.FAILED);
        assertThat(actions()).isEmpty();
        act(StuckKind.SAGA, id, OperatorAct.SKIP);
        assertThat(sagas.recoverDue(1)).isEqualTo(1);
        assertThat(shop.effects()).containsExactly("COMPLETED null [car, flight]");
    }

    @ParameterizedTest
    @EnumSource(OperatorAct.class)
    void aSagaUnderALiveLeaseIsNotTouched(OperatorAct act) {
        UUID id = suspended();
        shop.execute("UPDATE saga_instances SET lease_owner = gen_random_uuid(), lease_until = now() + interval '5 s'");
        assertThat(only().state()).isEqualTo(StuckState.RUNNING);
        assertThat(only().acts()).isEmpty();
        refused("saga-running", () -> act(StuckKind.SAGA, id, act));
        assertThat(actions()).isEmpty();
        assertThat(shop.count("SELECT attempts FROM saga_instances")).isEqualTo(1);
    }

    @Test
    void aSagaWhoseNodeDiedIsOnlyRetriedSinceNobodyKnowsHowFarItCame() throws Exception {
        UUID id = suspended();
        shop.execute("UPDATE saga_instances SET lease_owner = gen_random_uuid(), lease_until = now() - interval '1 s'");
        assertThat(only().state()).isEqualTo(StuckState.ABANDONED);
        refused("act-not-allowed", () -> act(StuckKind.SAGA, id, OperatorAct.COMPENSATE));
        refused("act-not-allowed", () -> act(StuckKind.SAGA, id, OperatorAct.SKIP));
        long token = only().version();
        act(StuckKind.SAGA, id, OperatorAct.RETRY);
        assertThat(shop.count("SELECT lease_token FROM saga_instances"))
                .as("what the dead node may still write is refused")
                .isEqualTo(token + 1);
    }

    @Test
    void ofTwoOperatorsWhoSkipAtOnceOneDoes() throws Exception {
        UUID id = failed();
        var barrier = new CyclicBarrier(2);
        Callable<Boolean> operator = () -> {
            barrier.await();
            try {
                act(StuckKind.SAGA, id, OperatorAct.SKIP);
                return true;
            } catch (ProblemException e) {
                return false;
            }
        };
        int acted = 0;
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (Future<Boolean> one : threads.invokeAll(List.of(operator, operator))) {
                acted += one.get() ? 1 : 0;
            }
        }
        assertThat(acted).isEqualTo(1);
        assertThat(shop.count("SELECT current_step FROM saga_instances")).isEqualTo(2);
        assertThat(actions()).hasSize(1);
    }

    @Test
    void aDecisionAboutAnotherVersionIsRefused() {
        UUID id = failed();
        long version = only().version();
        refused(
                "stuck-work-changed",
                () -> asOperator(() -> operations.act(
                        "shop", new ActOnStuckWork(StuckKind.SAGA, id, OperatorAct.SKIP, "why", version - 1))));
        refused(
                "invalid-reason",
                () -> operations.act("shop", new ActOnStuckWork(StuckKind.SAGA, id, OperatorAct.SKIP, " ", null)));
        refused("unknown-service", () -> operations.find("garage", new FindStuckWork(null, null, null, 1)));
        assertThat(actions()).isEmpty();
    }

    private UUID event(String dead, int attempts) {
        return event("outbox", Ids.next(), dead, attempts);
    }

    private UUID event(String queue, UUID id, String dead, int attempts) {
        shop.execute("""
                INSERT INTO %s_events (tenant_id, id, partition, event_type, type_version, aggregate_type, aggregate_id,
                                       aggregate_version, data, trace_id, attempts, dead_at, last_error, occurred_at)
                VALUES ('%s', '%s', 1, 'trip.booked.v1', 1, 'trip', '%s', 1, '{"seat": "12A"}', 'trace', %d, %s, 'no', now())
                """.formatted(queue, shop.tenant, id, Ids.next(), attempts, dead));
        return id;
    }

    @Test
    @Tag("PLT-09")
    void eventsThatArrivedAndCannotTakeEffectAreStuckToo() throws Exception {
        UUID replayed = event("received", Ids.next(), "now()", 12);
        UUID dropped = event("received", Ids.next(), "now()", 12);
        UUID failing = event("received", Ids.next(), "NULL", 2);
        event("received", Ids.next(), "NULL", 0);
        assertThat(stuck()).extracting(StuckWork::id).containsExactly(replayed, dropped, failing);
        assertThat(stuck())
                .extracting(StuckWork::state)
                .containsExactly(StuckState.DEAD, StuckState.DEAD, StuckState.FAILING);
        refused("act-not-allowed", () -> act(StuckKind.EVENT, failing, OperatorAct.SKIP));

        act(StuckKind.EVENT, replayed, OperatorAct.RETRY);
        OperatorAction drop = act(StuckKind.EVENT, dropped, OperatorAct.SKIP);

        assertThat(drop.before()).containsEntry("queue", "received").containsEntry("attempts", 12);
        assertThat(drop.after()).containsEntry("status", "dropped");
        assertThat(stuck()).extracting(StuckWork::id).containsExactly(failing);
        assertThat(shop.count("SELECT count(*) FROM received_events WHERE attempts = 0 AND dead_at IS NULL"))
                .isEqualTo(2);
        assertThat(actions()).extracting(OperatorAction::subjectId).containsExactly(dropped, replayed);
    }

    /** A service that handles its own events has them in both queues. */
    @Test
    @Tag("PLT-09")
    void anEventThatFailsOnBothWaysIsStuckOnceAndRetriedOnBoth() throws Exception {
        UUID id = Ids.next();
        String at = "2026-01-02T03:04:05Z";
        event("outbox", id, "NULL", 2);
        event("received", id, "now()", 12);
        shop.execute("UPDATE outbox_events SET occurred_at = '" + at + "'");
        shop.execute("UPDATE received_events SET occurred_at = '" + at + "'");
        assertThat(only().state()).isEqualTo(StuckState.DEAD);

        act(StuckKind.EVENT, id, OperatorAct.RETRY);

        assertThat(stuck()).isEmpty();
        assertThat(actions()).hasSize(1);
    }

    @Test
    @Tag("PLT-29")
    void anEventIsNeitherRetriedNorDroppedIfItIsNotNotedWhoDidIt() {
        UUID retried = event("received", Ids.next(), "now()", 12);
        UUID dropped = event("outbox", Ids.next(), "now()", 12);
        shop.admin()
                .sql("ALTER TABLE operator_actions ADD CONSTRAINT nobody CHECK (act = 'none')")
                .update();
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> act(StuckKind.EVENT, retried, OperatorAct.RETRY));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> act(StuckKind.EVENT, dropped, OperatorAct.SKIP));
        assertThat(stuck()).extracting(StuckWork::state).containsExactly(StuckState.DEAD, StuckState.DEAD);
    }

    @Test
    void deadEventsAreRetriedOrDroppedAndFailingOnesOnlyRetried() throws Exception {
        UUID failing = event("NULL", 3);
        UUID dead = event("now()", 12);
        event("NULL", 0);
        assertThat(stuck()).extracting(StuckWork::state).containsExactly(StuckState.FAILING, StuckState.DEAD);
        refused("act-not-allowed", () -> act(StuckKind.EVENT, failing, OperatorAct.SKIP));
        refused("act-not-allowed", () -> act(StuckKind.EVENT, dead, OperatorAct.COMPENSATE));

        act(StuckKind.EVENT, failing, OperatorAct.RETRY);
        OperatorAction dropped = act(StuckKind.EVENT, dead, OperatorAct.SKIP);

        assertThat(stuck()).isEmpty();
        assertThat(shop.count("SELECT count(*) FROM outbox_events")).isEqualTo(2);
        assertThat(dropped.before().get("data")).as("it is kept whole").hasToString("{seat=12A}");
        refused("stuck-work-not-found", () -> act(StuckKind.EVENT, dead, OperatorAct.RETRY));
        assertThat(actions()).extracting(OperatorAction::act).containsExactly(OperatorAct.SKIP, OperatorAct.RETRY);
    }

    @Test
    void listsGoOnBehindTheLastOneSeen() {
        UUID first = failed();
        UUID second = event("now()", 12);
        UUID third = failed();
        StuckWork one =
                operations.find("shop", new FindStuckWork(null, null, null, 1)).getFirst();
        assertThat(one.id()).isEqualTo(first);
        assertThat(operations.find("shop", new FindStuckWork(null, one.since(), one.id(), 10)))
                .extracting(StuckWork::id)
                .containsExactly(second, third);
        assertThat(operations.find("shop", new FindStuckWork(StuckKind.EVENT, null, null, 10)))
                .extracting(StuckWork::id)
                .containsExactly(second);
    }

    @Test
    @Tag("PLT-29")
    void whatOperatorsDidIsNeverRewritten() throws Exception {
        act(StuckKind.SAGA, failed(), OperatorAct.RETRY);
        for (String statement :
                List.of("UPDATE operator_actions SET reason = 'nice'", "DELETE FROM operator_actions")) {
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> shop.execute(statement))
                    .havingRootCause()
                    .withMessageContaining("permission denied");
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> shop.context()
                            .supply(() -> shop.database.inTransaction(
                                    tx -> tx.jdbc().sql(statement).update())))
                    .havingRootCause()
                    .withMessageContaining("permission denied");
        }
        assertThat(actions()).hasSize(1);
    }

    @Test
    @Tag("PLT-29")
    void whatOperatorsDidStandsInTheAuditLog() throws Exception {
        UUID saga = failed();
        OperatorAction action = act(StuckKind.SAGA, saga, OperatorAct.RETRY);
        record Entry(UUID id, String action, UUID subject, UUID principal) {}
        List<Entry> entries = shop.database.asWorker(tx -> tx.jdbc()
                .sql("SELECT id, action, subject_id, principal_id FROM audit_log WHERE details LIKE '%sha256%'")
                .query((row, number) -> new Entry(
                        row.getObject("id", UUID.class),
                        row.getString("action"),
                        row.getObject("subject_id", UUID.class),
                        row.getObject("principal_id", UUID.class)))
                .list());
        assertThat(entries).containsExactly(new Entry(action.id(), "stuck-work.retry", saga, OPERATOR));

        assertThat(actionsAsAudited().holds()).isTrue();
        shop.admin()
                .sql("ALTER TABLE operator_actions DISABLE TRIGGER USER; UPDATE operator_actions SET reason = 'nice'")
                .update();
        assertThat(actionsAsAudited().breaches()).isOne();
    }

    private InvariantResult actionsAsAudited() {
        return SqlInvariant.check(shop.database, List.of()).stream()
                .filter(result -> result.name().equals("operator-actions-are-as-audited"))
                .findFirst()
                .orElseThrow();
    }
}
