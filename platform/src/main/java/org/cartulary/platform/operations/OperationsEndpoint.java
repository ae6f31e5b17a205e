package org.cartulary.platform.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cartulary.platform.audit.DataAccessLog;
import org.cartulary.platform.audit.Disclosure;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.http.ProblemException;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The stuck work in the databases that this process has opened, and how they are. */
@RestController
public final class OperationsEndpoint implements Operations {

    private static final int MAX_LIMIT = 1_000;

    private final Databases databases;
    private final OperatorActions actions;
    private final StuckSagas sagas;
    private final StuckEvents events;
    private final DataAccessLog log;

    /**
     * An endpoint for all services whose databases are opened, also later.
     *
     * @param log is told of the events that operators get to see, which may hold personal data
     */
    public OperationsEndpoint(Databases databases, EventBus bus, JsonMapper json, DataAccessLog log) {
        this.databases = databases;
        this.actions = new OperatorActions(json);
        this.sagas = new StuckSagas(actions);
        this.events = new StuckEvents(bus, actions);
        this.log = log;
    }

    @Override
    public List<StuckWork> find(String service, FindStuckWork query) {
        Database database = database(service);
        requireLimit(query.limit());
        List<StuckWork> found = new ArrayList<>();
        if (query.kind() != StuckKind.EVENT) {
            found.addAll(sagas.find(database, query));
        }
        if (query.kind() != StuckKind.SAGA) {
            found.addAll(events.find(database, query));
        }
        return found.stream()
                .sorted(Comparator.comparing(StuckWork::since)
                        .thenComparing(work -> work.id().toString()))
                .limit(query.limit())
                .toList();
    }

    @Override
    public OperatorAction act(String service, ActOnStuckWork command) {
        Database database = database(service);
        if (command.reason().isBlank() || command.reason().length() > 1_000) {
            throw ProblemException.unprocessable("invalid-reason", "a reason has 1 to 1,000 characters")
                    .with("/reason", "invalid-reason", "say why, in 1 to 1,000 characters");
        }
        OperatorAction action = switch (command.kind()) {
            case SAGA -> sagas.act(database, command);
            case EVENT -> events.act(database, command);
        };
        writeDown(database, "an act on stuck work", List.of(action));
        return action;
    }

    @Override
    public List<OperatorAction> actions(String service, FindOperatorActions query) {
        Database database = database(service);
        requireLimit(query.limit());
        List<OperatorAction> found = actions.find(database, query);
        writeDown(database, "the list of acts on stuck work", found);
        return found;
    }

    @Override
    public DatabaseHealth health(String service) {
        return DatabaseHealthReader.read(database(service));
    }

    private void writeDown(Database database, String way, List<OperatorAction> shown) {
        log.record(database, new DataAccessLog.Way(way, null, null), Disclosure.in(shown));
    }

    private Database database(String service) {
        return databases.opened().stream()
                .filter(database -> database.service().equals(service))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "unknown-service", "the database of " + service + " is not opened here"));
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("a list has 1 to 1,000 entries, not " + limit);
        }
    }
}
