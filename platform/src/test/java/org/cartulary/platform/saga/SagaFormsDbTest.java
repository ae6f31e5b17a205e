package org.cartulary.platform.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.cartulary.platform.database.Shop;
import org.cartulary.platform.ids.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sagas that were stored when their kind had other steps. */
@Tag("PLT-12")
class SagaFormsDbTest {

    private record Trip() {}

    private final Shop shop = new Shop();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile String late = "";
    private volatile String refused = "";
    private volatile String stuck = "";

    @AfterEach
    void close() {
        shop.close();
    }

    private final class Leg implements SagaStep<Trip> {

        private final String name;

        private Leg(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public StepResult<Trip> run(Trip trip, SagaRun run) {
            calls.add(name + " " + run.step());
            if (name.equals(late)) {
                return new StepResult.Retry<>("later");
            }
            return name.equals(refused)
                    ? new StepResult.Refused<>(trip, "sold-out", "no seats")
                    : new StepResult.Done<>(trip);
        }

        @Override
        public Trip compensate(Trip trip, SagaRun run) {
            calls.add("undo " + name + " " + run.step());
            if (name.equals(stuck)) {
                throw new UnknownOutcomeException("nobody knows");
            }
            return trip;
        }
    }

    private SagaDefinition<Trip> kind(String... steps) {
        return new SagaDefinition<>(
                "trip",
                Trip.class,
                Stream.of(steps).<SagaStep<Trip>>map(Leg::new).toList(),
                (tx, id, trip, status, code, detail) -> Shop.note(tx, status.name()));
    }

    private Sagas<Trip> before() {
        return new Sagas<>(shop.database, kind("car", "hotel", "flight"), shop.json, shop.meters);
    }

    private Sagas<Trip> after() {
        return new Sagas<>(
                shop.database,
                kind("car", "insurance", "hotel", "flight").formerly("car", "hotel", "flight"),
                shop.json,
                shop.meters);
    }

    private UUID start(Sagas<Trip> sagas) {
        UUID id = Ids.next();
        shop.context().run(() -> sagas.start(tx -> new Trip(), id));
        return id;
    }

    private void recover(Sagas<Trip> sagas) {
        calls.clear();
        shop.execute("UPDATE saga_instances SET next_attempt_at = now(), lease_owner = NULL, lease_until = NULL");
        sagas.recoverDue(10);
    }

    @Test
    void whatWasStoredBeforeAStepCameInGoesOnByTheStepsItBeganWith() {
        late = "flight";
        UUID id = start(before());
        late = "";

        recover(after());

        assertThat(calls).containsExactly("flight 2");
        assertThat(shop.effects()).containsExactly("COMPLETED");
        assertThat(shop.context().supply(() -> after().find(id))).isInstanceOf(SagaOutcome.Completed.class);
    }

    @Test
    void whatWasStoredBeforeAStepCameInIsUndoneByTheStepsItBeganWith() {
        refused = "flight";
        stuck = "hotel";
        start(before());
        stuck = "";

        recover(after());

        assertThat(calls).containsExactly("undo hotel 1", "undo car 0");
        assertThat(shop.effects()).containsExactly("COMPENSATED");
    }

    @Test
    void newOnesHaveTheNewStepsAndAreLeftAloneByWhoeverKnowsOnlyTheOldOnes() {
        late = "hotel";
        start(after());
        assertThat(calls).containsExactly("car 0", "insurance 1", "hotel 2");
        late = "";

        recover(before());
        assertThat(calls).isEmpty();

        recover(after());
        assertThat(calls).containsExactly("hotel 2", "flight 3");
    }

    @Test
    void anEarlierFormIsMadeOfStepsThatAreThere() {
        SagaDefinition<Trip> kind = kind("car", "flight");
        assertThatIllegalArgumentException().isThrownBy(() -> kind.formerly("car", "train"));
        assertThatIllegalArgumentException().isThrownBy(() -> kind.formerly("car", "car"));
        assertThatIllegalArgumentException().isThrownBy(kind::formerly);
    }
}
