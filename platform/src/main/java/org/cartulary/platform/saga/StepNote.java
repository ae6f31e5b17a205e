package org.cartulary.platform.saga;

import java.time.Instant;
import java.util.List;
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

    /** Writes notes of a saga in the caller's transaction; a later note of a step replaces an earlier one. */
    static void writeAll(Transaction tx, SagaStore.Lease held, List<StepNote> notes) {
        if (notes.isEmpty()) {
            return;
        }
        tx.jdbc()
                .sql("""
                        INSERT INTO saga_steps AS s (tenant_id, step_id, saga_id, step_number, step_type, status,
                                                     started_at, completed_at, error_message)
                        SELECT :tenantId, n.step_id, :sagaId, n.step_number, n.step_type, n.status, n.started_at,
                               CASE WHEN n.status IN ('completed', 'compensated') THEN n.ended_at END, n.error_message
                        FROM unnest(cast(:ids AS uuid[]), cast(:numbers AS integer[]), cast(:names AS text[]),
                                    cast(:statuses AS text[]),
                                    cast(:startedAt AS timestamptz[]), cast(:endedAt AS timestamptz[]),
                                    cast(:errors AS text[]))
                             AS n (step_id, step_number, step_type, status, started_at, ended_at, error_message)
                        ON CONFLICT (tenant_id, saga_id, step_number) DO UPDATE
                        SET status = excluded.status,
                            completed_at = coalesce(excluded.completed_at, s.completed_at),
                            error_message = excluded.error_message,
                            retry_count = s.retry_count + CASE WHEN excluded.error_message IS NULL THEN 0 ELSE 1 END
                        """)
                .param("tenantId", held.tenantId())
                .param("sagaId", held.sagaId())
                .param("ids", Sql.uuidArray(notes, note -> Ids.next()))
                .param("numbers", Sql.intArray(notes, StepNote::number))
                .param("names", Sql.textArray(notes, StepNote::name))
                .param("statuses", Sql.textArray(notes, StepNote::status))
                .param("startedAt", Sql.timestampArray(notes, StepNote::startedAt))
                .param("endedAt", Sql.timestampArray(notes, StepNote::endedAt))
                .param("errors", Sql.textArray(notes, StepNote::error))
                .update();
    }
}
