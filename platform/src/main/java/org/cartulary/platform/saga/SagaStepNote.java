package org.cartulary.platform.saga;

import java.time.Instant;
import java.util.List;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** What is noted of a step, in the transaction that writes the progress of its saga. */
record SagaStepNote(
        int number,
        String name,
        String status,
        Instant startedAt,
        Instant endedAt,
        @Nullable String error) {

    /** Writes notes of steps, of each step at most one. */
    static void write(Transaction tx, SagaStore.Lease held, List<SagaStepNote> notes) {
        if (notes.isEmpty()) {
            return;
        }
        tx.jdbc()
                .sql("""
                        INSERT INTO saga_steps AS s (tenant_id, step_id, saga_id, step_number, step_type, status,
                                                     started_at, completed_at, error_message)
                        SELECT :tenantId, n.step_id, :sagaId, n.step_number, n.step_type, n.status, n.started_at,
                               CASE WHEN n.status IN ('completed', 'compensated') THEN n.ended_at END, n.error_message
                        FROM unnest(cast(:ids AS uuid[]), cast(:numbers AS integer[]), cast(:names AS text[]), cast(:statuses AS text[]),
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
                .param(
                        "ids",
                        Sql.uuidArray(notes.stream().map(note -> Ids.next()).toList()))
                .param(
                        "numbers",
                        Sql.intArray(notes.stream().map(SagaStepNote::number).toList()))
                .param(
                        "names",
                        Sql.textArray(notes.stream().map(SagaStepNote::name).toList()))
                .param(
                        "statuses",
                        Sql.textArray(notes.stream().map(SagaStepNote::status).toList()))
                .param(
                        "startedAt",
                        Sql.timestampArray(
                                notes.stream().map(SagaStepNote::startedAt).toList()))
                .param(
                        "endedAt",
                        Sql.timestampArray(
                                notes.stream().map(SagaStepNote::endedAt).toList()))
                .param(
                        "errors",
                        Sql.textArray(notes.stream()
                                .<@Nullable String>map(SagaStepNote::error)
                                .toList()))
                .update();
    }
}
