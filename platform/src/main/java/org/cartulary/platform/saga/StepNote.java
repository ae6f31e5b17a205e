package org.cartulary.platform.saga;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** What is noted of a step, for people: the engine goes by the row of the saga alone. */
record StepNote(
        int number,
        String name,
        String status,
        Instant startedAt,
        Instant endedAt,
        @Nullable String error) {

    /** A note with the saga that it is about. */
    record OfSaga(UUID sagaId, StepNote note) {}

    /** Writes notes of a saga in the caller's transaction; a later note of a step replaces an earlier one. */
    static void writeAll(Transaction tx, SagaStore.Lease held, List<StepNote> notes) {
        writeAll(tx, notes.stream().map(note -> new OfSaga(held.sagaId(), note)).toList());
    }

    /** Writes notes of sagas of this thread's tenant, at most one for a step of a saga. */
    static void writeAll(Transaction tx, List<OfSaga> notes) {
        if (notes.isEmpty()) {
            return;
        }
        tx.jdbc()
                .sql("""
                        INSERT INTO saga_steps AS s (tenant_id, step_id, saga_id, step_number, step_type, status,
                                                     started_at, completed_at, error_message)
                        SELECT :tenantId, n.step_id, n.saga_id, n.step_number, n.step_type, n.status, n.started_at,
                               CASE WHEN n.status IN ('completed', 'compensated') THEN n.ended_at END, n.error_message
                        FROM unnest(:ids, :sagaIds, :numbers, :names, :statuses, :startedAt, :endedAt, :errors)
                             AS n (step_id, saga_id, step_number, step_type, status, started_at, ended_at, error_message)
                        ON CONFLICT (tenant_id, saga_id, step_number) DO UPDATE
                        SET status = excluded.status,
                            completed_at = coalesce(excluded.completed_at, s.completed_at),
                            error_message = excluded.error_message,
                            retry_count = s.retry_count + CASE WHEN excluded.error_message IS NULL THEN 0 ELSE 1 END
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("ids", Sql.uuidArray(notes, one -> Ids.next()))
                .param("sagaIds", Sql.uuidArray(notes, OfSaga::sagaId))
                .param("numbers", Sql.intArray(notes, one -> one.note().number()))
                .param("names", Sql.textArray(notes, one -> one.note().name()))
                .param("statuses", Sql.textArray(notes, one -> one.note().status()))
                .param("startedAt", Sql.timestampArray(notes, one -> one.note().startedAt()))
                .param("endedAt", Sql.timestampArray(notes, one -> one.note().endedAt()))
                .param("errors", Sql.textArray(notes, one -> one.note().error()))
                .update();
    }
}
