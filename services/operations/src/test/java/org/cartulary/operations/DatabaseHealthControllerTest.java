package org.cartulary.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.operations.ActOnStuckWork;
import org.cartulary.platform.operations.DatabaseHealth;
import org.cartulary.platform.operations.DatabaseHealth.Status;
import org.cartulary.platform.operations.FindOperatorActions;
import org.cartulary.platform.operations.FindStuckWork;
import org.cartulary.platform.operations.Operations;
import org.cartulary.platform.operations.OperatorAction;
import org.cartulary.platform.operations.StuckWork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-24")
class DatabaseHealthControllerTest {

    private final DatabaseHealthController controller = new DatabaseHealthController(
            new AskingServices<>(Map.of("payment", new Answering(), "order", new Answering(), "cart", new Silent())));

    /** A service whose database is well. */
    private static class Answering implements Operations {

        @Override
        public DatabaseHealth health(String service) {
            return new DatabaseHealth(service, Status.OK, List.of(), List.of(), List.of(), List.of());
        }

        @Override
        public List<StuckWork> find(String service, FindStuckWork query) {
            throw new UnsupportedOperationException("nobody asks here for stuck work");
        }

        @Override
        public OperatorAction act(String service, ActOnStuckWork command) {
            throw new UnsupportedOperationException("nobody acts here");
        }

        @Override
        public List<OperatorAction> actions(String service, FindOperatorActions query) {
            throw new UnsupportedOperationException("nobody asks here for acts");
        }
    }

    /** A service that does not answer. */
    private static final class Silent extends Answering {

        @Override
        public DatabaseHealth health(String service) {
            throw new IllegalStateException("connection refused");
        }
    }

    private DatabaseHealthList asked(String service) {
        return RequestContext.ofSystem(Ids.next()).supply(() -> controller.health(service));
    }

    @Test
    void allDatabasesAreToldOfByNameAndThoseThatAreSilentAreNamed() {
        DatabaseHealthList list = RequestContext.ofSystem(Ids.next()).supply(() -> controller.health(null));

        assertThat(list.items()).extracting(DatabaseHealth::service).containsExactly("order", "payment");
        assertThat(list.unavailable()).extracting(UnavailableService::service).containsExactly("cart");
    }

    @Test
    void oneIsAskedAloneAndOneThatIsUnknownIsNot() {
        assertThat(asked("order").items()).extracting(DatabaseHealth::service).containsExactly("order");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> asked("kitchen"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("unknown-service"));
    }
}
