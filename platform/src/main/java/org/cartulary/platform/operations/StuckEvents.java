package org.cartulary.platform.operations;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.events.DeadLetters;
import org.cartulary.platform.events.EventBus;
import org.cartulary.platform.events.FailedEvent;

/** Events that could not leave their service, or could not take effect where they arrived. Thread-safe. */
record StuckEvents(EventBus bus, OperatorActions actions) {

    private static final String ACTED = """
            WITH acted AS (
                SELECT cast(:tenantId AS uuid) AS tenant_id, cast(:id AS uuid) AS subject_id,
                       cast(:before AS jsonb) || jsonb_build_object('queue', cast(:queue AS text)) AS state_before,
                       jsonb_build_object('status', cast(:after AS text)) AS state_after)
            """;

    List<StuckWork> find(Database database, FindStuckWork query) {
        DeadLetters letters = new DeadLetters(database, bus);
        return database.asWorker(tx -> letters.failed(tx, query.limit(), query.afterSince(), query.afterId())).stream()
                .map(event -> stuck(database.service(), event))
                .toList();
    }

    private static StuckWork stuck(String service, FailedEvent failed) {
        boolean dead = failed.deadAt() != null;
        Set<OperatorAct> acts = dead ? EnumSet.of(OperatorAct.RETRY, OperatorAct.SKIP) : EnumSet.of(OperatorAct.RETRY);
        return new StuckWork(
                service,
                StuckKind.EVENT,
                failed.event().id(),
                failed.event().tenantId(),
                failed.event().type(),
                dead ? StuckState.DEAD : StuckState.FAILING,
                failed.event().occurredAt(),
                failed.attempts(),
                failed.error(),
                failed.nextAttemptAt(),
                null,
                false,
                failed.attempts(),
                acts,
                List.of());
    }

    /** The event is locked until what is done to it, and who did it, is committed. */
    OperatorAction act(Database database, ActOnStuckWork command) {
        DeadLetters letters = new DeadLetters(database, bus);
        return database.asWorker(tx -> {
            FailedEvent failed = letters.lock(tx, command.id()).orElseThrow(() -> Refusals.notFound(command));
            StuckWork now = stuck(database.service(), failed);
            boolean changed = command.version() != null && command.version() != now.version();
            if (changed || !now.acts().contains(command.act()) || !act(tx, letters, failed, command.act())) {
                throw Refusals.of(command, now);
            }
            return actions.record(
                            tx,
                            database.service(),
                            command,
                            ACTED,
                            statement -> statement
                                    .param("tenantId", failed.event().tenantId())
                                    .param("before", failed.everything())
                                    .param("queue", failed.queue().name().toLowerCase(java.util.Locale.ROOT))
                                    .param("after", command.act() == OperatorAct.SKIP ? "dropped" : "waiting"))
                    .orElseThrow(() -> Refusals.notFound(command));
        });
    }

    private static boolean act(Transaction tx, DeadLetters letters, FailedEvent failed, OperatorAct act) {
        return switch (act) {
            case RETRY ->
                letters.retry(tx, failed.event().tenantId(), failed.event().id());
            case SKIP ->
                letters.discard(tx, failed.event().tenantId(), failed.event().id())
                        .isPresent();
            case COMPENSATE -> false;
        };
    }
}
