package org.cartulary.platform.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.saga.SagaStore.Lease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a node writes under a lease that another node has taken since, by each statement that writes. */
@Tag("PLT-12")
class SagaFencesDbTest {

    private record Nothing() {}

    private final Shop shop = new Shop();
    private final UUID sagaId = Ids.next();
    private final UUID newNode = Ids.next();
    private final Lease old = new Lease(shop.tenant, sagaId, Ids.next(), 1);
    private final SagaStore store = new SagaStore(
            shop.database,
            new SagaDefinition<Nothing>(
                    "trip", Nothing.class, List.of(new Idle()), (tx, id, state, status, code, why) -> {}),
            Duration.ofSeconds(60));

    /** A step that is never run. */
    private record Idle() implements SagaStep<Nothing> {

        @Override
        public String name() {
            return "idle";
        }

        @Override
        public StepResult<Nothing> run(Nothing state, SagaRun run) {
            throw new AssertionError("nobody runs it");
        }

        @Override
        public Nothing compensate(Nothing state, SagaRun run) {
            throw new AssertionError("nobody undoes it");
        }
    }

    @BeforeEach
    void takeOver() {
        shop.context()
                .run(() -> shop.database.inTransaction(tx -> {
                    store.insert(tx, old.owner(), List.of(new SagaStore.NewSaga(sagaId, "{}", "trace")));
                    return tx;
                }));
        shop.execute("UPDATE saga_instances SET lease_until = now() - interval '1 s'");
        assertThat(store.claimDue(newNode))
                .map(SagaStore.Leased::lease)
                .contains(new Lease(shop.tenant, sagaId, newNode, 2));
    }

    @AfterEach
    void isAsTheNewNodeHasIt() {
        assertThat(shop.count("SELECT count(*) FROM saga_instances WHERE status = 'started' AND current_step = 0"
                        + " AND attempts = 0 AND lease_token = 2 AND lease_owner = '" + newNode + "'"))
                .isEqualTo(1);
        shop.close();
    }

    @Test
    void itsProgressIsRefused() {
        shop.context()
                .run(() -> assertThatExceptionOfType(LostLeaseException.class)
                        .isThrownBy(() -> store.progress(old, 1, "{}", null, List.of())));
    }

    @Test
    void itCannotSetTheSagaAsideForLater() {
        shop.context()
                .run(() -> assertThatExceptionOfType(LostLeaseException.class)
                        .isThrownBy(() -> store.suspend(old, 1, "{}", "late", false, List.of())));
    }

    @Test
    void itsEndIsNotWritten() {
        SagaStore.End end = new SagaStore.End(old, SagaEndStatus.COMPLETED, 1, "{}", null, List.of());
        Set<UUID> ended = shop.context().supply(() -> shop.database.inTransaction(tx -> store.end(tx, List.of(end))));
        assertThat(ended).isEmpty();
    }
}
