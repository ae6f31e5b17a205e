package org.cartulary.platform.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Errors of the machine in sagas, sagas that only go forward, and those that are over for long. */
@Tag("PLT-12")
class SagasThatFailBadlyDbTest {

    record Parcel(String address) {}

    private static final StepResult<Parcel> DONE = new StepResult.Done<>(new Parcel("home"));

    private final Shop shop = new Shop();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Supplier<StepResult<Parcel>> send = () -> DONE;
    private volatile Runnable unpack = () -> {};
    private volatile Runnable atEnd = () -> {};

    @AfterEach
    void close() {
        shop.close();
    }

    private SagaStep<Parcel> step(String name, Supplier<StepResult<Parcel>> work) {
        return new SagaStep<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public StepResult<Parcel> run(Parcel parcel, SagaRun run) {
                calls.add(name);
                return work.get();
            }

            @Override
            public Parcel compensate(Parcel parcel, SagaRun run) {
                calls.add("undo " + name);
                unpack.run();
                return parcel;
            }
        };
    }

    private Sagas<Parcel> sagas(boolean forwardOnly) {
        return new Sagas<>(
                shop.database,
                new SagaDefinition<>(
                        "parcel",
                        Parcel.class,
                        List.of(step("pack", () -> DONE), step("send", () -> send.get())),
                        (tx, id, parcel, status, code, detail) -> {
                            atEnd.run();
                            Shop.note(tx, status.name());
                        },
                        forwardOnly,
                        List.of()),
                shop.json,
                shop.meters);
    }

    private UUID start(Sagas<Parcel> sagas) {
        UUID id = Ids.next();
        shop.context().run(() -> sagas.start(tx -> new Parcel("home"), id));
        return id;
    }

    private void recover(Sagas<Parcel> sagas, int times) {
        for (int i = 0; i < times; i++) {
            shop.execute("UPDATE saga_instances SET next_attempt_at = now()");
            sagas.recoverDue(10);
        }
    }

    private long count(String condition) {
        return shop.count("SELECT count(*) FROM saga_instances WHERE " + condition);
    }

    private static void overflow() {
        throw new StackOverflowError("too deep");
    }

    @Test
    void anErrorOfAStepIsCountedSetsItAsideAndHoldsUpNoOther() {
        send = () -> {
            throw new NoClassDefFoundError("Sender");
        };
        var sagas = sagas(false);
        start(sagas);
        assertThat(count("faults = 1 AND lease_owner IS NULL AND error LIKE '%Sender%'"))
                .isEqualTo(1);
        recover(sagas, 4);
        assertThat(count("status = 'failed' AND attempts = 5")).isEqualTo(1);
        send = () -> DONE;
        start(sagas);
        assertThat(count("status = 'completed'")).isEqualTo(1);
    }

    @Test
    void anErrorOfACompensationOrOfTheEndIsCountedToo() {
        var sagas = sagas(false);
        send = () -> new StepResult.Refused<>(new Parcel("home"), "lost", "it is lost");
        unpack = SagasThatFailBadlyDbTest::overflow;
        start(sagas);
        assertThat(count("status = 'compensating' AND faults = 1")).isEqualTo(1);
        unpack = () -> {};
        atEnd = SagasThatFailBadlyDbTest::overflow;
        recover(sagas, 5);
        assertThat(count("status = 'failed' AND error LIKE '%too deep%'")).isEqualTo(1);
    }

    @Test
    void anErrorBetweenTheStepsOfOneSagaDoesNotEndTheRecoveryOfTheOthers() {
        UUID[] deadly = new UUID[1];
        var definition = new SagaDefinition<Parcel>(
                "parcel",
                Parcel.class,
                List.of(step("pack", () -> DONE)),
                (tx, id, parcel, status, code, detail) -> Shop.note(tx, status.name()));
        var sagas = new Sagas<>(
                shop.database,
                definition,
                shop.json,
                shop.meters,
                Duration.ofSeconds(60),
                SagaHeartbeat.of(shop.database),
                SagaListeners.of(definition, List.of((type, id, point) -> {
                    if (id.equals(deadly[0]) && point.equals("resumed")) {
                        overflow();
                    }
                })));
        for (int i = 0; i < 3; i++) {
            UUID id = Ids.next();
            deadly[0] = deadly[0] == null ? id : deadly[0];
            shop.context()
                    .run(() -> shop.database.inTransaction(tx -> {
                        sagas.leaveToRecovery(tx, id, new Parcel("home"));
                        return id;
                    }));
        }
        assertThat(sagas.recoverDue(10)).as("nobody holds their leases").isEqualTo(3);
        assertThat(count("status = 'completed'")).isEqualTo(2);
    }

    @Test
    void whatOnlyGoesForwardSaysSoAndALateRefusalSetsItAside() {
        var sagas = sagas(true);
        send = () -> new StepResult.Refused<>(new Parcel("home"), "lost", "it is lost");
        start(sagas);
        assertThat(count("forward_only AND status = 'started' AND faults = 1")).isEqualTo(1);
        recover(sagas, 4);
        assertThat(count("status = 'failed' AND error LIKE '%it is lost%'")).isEqualTo(1);
        assertThat(calls).doesNotContain("undo pack", "undo send");
    }

    @Test
    void whatWasToBeUndoneBeforeItWasKnownToGoOnlyForwardGoesOn() {
        var sagas = sagas(true);
        send = () -> new StepResult.Retry<>("later");
        start(sagas);
        shop.execute("""
                UPDATE saga_instances
                SET forward_only = false, status = 'compensating', current_step = 0,
                    compensation_data = '{"step": 1, "code": "undone-by-operator", "detail": "undone"}'
                """);
        send = () -> DONE;
        calls.clear();
        recover(sagas, 1);
        assertThat(calls).containsExactly("send");
        assertThat(count("forward_only AND status = 'completed'")).isEqualTo(1);
    }

    @Test
    void whatEndedLongAgoIsDeletedInBatchesAndWhatFailedIsKept() {
        var sagas = sagas(false);
        for (int i = 0; i < 5; i++) {
            start(sagas);
        }
        send = () -> new StepResult.Retry<>("later");
        start(sagas);
        UUID failed = start(sagas);
        shop.execute("UPDATE saga_instances SET status = 'failed' WHERE saga_id = '" + failed + "'");
        shop.execute("UPDATE saga_instances SET updated_at = now() - interval '31 days'");
        send = () -> DONE;
        UUID young = start(sagas);

        assertThat(sagas.purgeEnded(Duration.ofDays(30), 2)).isEqualTo(2);
        sagas.purging().work().run();

        assertThat(count("status = 'completed'")).isEqualTo(1);
        assertThat(count("saga_id = '" + young + "'")).isEqualTo(1);
        assertThat(count("status IN ('started', 'failed')")).isEqualTo(2);
        assertThat(shop.count("SELECT count(DISTINCT saga_id) FROM saga_steps")).isEqualTo(3);
    }
}
