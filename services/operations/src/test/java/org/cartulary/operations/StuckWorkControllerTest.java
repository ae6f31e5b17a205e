package org.cartulary.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.operations.ActOnStuckWork;
import org.cartulary.platform.operations.DatabaseHealth;
import org.cartulary.platform.operations.FindOperatorActions;
import org.cartulary.platform.operations.FindStuckWork;
import org.cartulary.platform.operations.Operations;
import org.cartulary.platform.operations.OperatorAct;
import org.cartulary.platform.operations.OperatorAction;
import org.cartulary.platform.operations.StuckKind;
import org.cartulary.platform.operations.StuckState;
import org.cartulary.platform.operations.StuckWork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-12")
class StuckWorkControllerTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final FakeOperations order = new FakeOperations();
    private final FakeOperations payment = new FakeOperations();
    private final StuckWorkController controller = new StuckWorkController(
            new AskingServices<>(Map.of("order", order, "payment", payment)),
            new Cursors("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));

    /** The stuck work of a service in memory. */
    private static final class FakeOperations implements Operations {

        private final List<StuckWork> stuck = new ArrayList<>();
        private final List<ActOnStuckWork> acts = new ArrayList<>();
        private boolean down;

        void add(String service, long second) {
            stuck.add(new StuckWork(
                    service,
                    StuckKind.SAGA,
                    Ids.next(),
                    Ids.next(),
                    "trip",
                    StuckState.FAILED,
                    NOON.plusSeconds(second),
                    5,
                    "no",
                    NOON,
                    1,
                    false,
                    7,
                    Set.of(OperatorAct.RETRY),
                    List.of()));
        }

        @Override
        public DatabaseHealth health(String service) {
            throw new UnsupportedOperationException("nobody asks here how the database is");
        }

        @Override
        public List<StuckWork> find(String service, FindStuckWork query) {
            if (down) {
                throw new IllegalStateException("connection refused");
            }
            Instant after = query.afterSince();
            return stuck.stream()
                    .filter(work -> after == null || work.since().isAfter(after))
                    .limit(query.limit())
                    .toList();
        }

        @Override
        public OperatorAction act(String service, ActOnStuckWork command) {
            acts.add(command);
            return new OperatorAction(
                    service,
                    Ids.next(),
                    NOON,
                    Ids.next(),
                    "INTEGRATION",
                    null,
                    command.kind(),
                    command.id(),
                    command.act(),
                    command.reason(),
                    Map.of(),
                    Map.of());
        }

        @Override
        public List<OperatorAction> actions(String service, FindOperatorActions query) {
            return List.of();
        }
    }

    private static <T> T asOperator(Supplier<T> work) {
        return RequestContext.ofSystem(null).supply(work);
    }

    private StuckWorkList list(@Nullable String service, @Nullable Integer limit, @Nullable String cursor) {
        return asOperator(() -> controller.list(service, "saga", limit, cursor));
    }

    private static List<Long> seconds(StuckWorkList list) {
        return list.items().stream()
                .map(work -> work.since().getEpochSecond() - NOON.getEpochSecond())
                .toList();
    }

    @Test
    void theOldestOfAllServicesComeFirstPageByPage() {
        for (int second = 0; second < 6; second += 2) {
            order.add("order", second);
            payment.add("payment", second + 1);
        }
        StuckWorkList first = list(null, 4, null);
        StuckWorkList second = list(null, 4, first.page().next());
        assertThat(seconds(first)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(seconds(second)).containsExactly(4L, 5L);
        assertThat(second.page().hasMore()).isFalse();
        assertThat(seconds(list("payment", null, null))).containsExactly(1L, 3L, 5L);
    }

    @Test
    void aServiceThatIsDownIsNamedAndTheOthersAreListed() {
        order.add("order", 0);
        payment.down = true;
        StuckWorkList list = list(null, null, null);
        assertThat(seconds(list)).containsExactly(0L);
        assertThat(list.unavailable()).extracting(UnavailableService::service).containsExactly("payment");
    }

    @Test
    void decisionsReachTheServiceThatIsNamed() {
        UUID id = Ids.next();
        OperatorAction action = asOperator(() -> controller.skip("payment", "event", id, new Decision("why", 3L)));
        assertThat(action.act()).isEqualTo(OperatorAct.SKIP);
        assertThat(payment.acts).containsExactly(new ActOnStuckWork(StuckKind.EVENT, id, OperatorAct.SKIP, "why", 3L));
        assertThat(order.acts).isEmpty();
        refused("unknown-service", () -> controller.retry("garage", "saga", id, new Decision("why", null)));
        refused("unknown-service", () -> controller.list("garage", null, null, null));
        refused("invalid-parameter", () -> controller.retry("order", "sage", id, new Decision("why", null)));
    }

    private static void refused(String code, Supplier<?> work) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> asOperator(work))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }
}
