package org.cartulary.catalog;

import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Imports as those know them who work on them. Each write is a compare-and-set on the token of the lease and on the line where the
 * import stands: whoever lost the lease writes nothing, and no line is written down twice. While a batch is being written the import is not taken over,
 * so that batches which take longer than a lease come to an end, too. Leases go by the clock of the database. Thread-safe.
 */
final class ImportWorkStore {

    /** After so many faults in a row an import is given up. */
    static final int MAX_FAULTS = 8;

    private final Database database;
    private final Duration lease;

    ImportWorkStore(Database database, Duration lease) {
        this.database = database;
        this.lease = lease;
    }

    /** An import that a worker has to itself, as it stood when it was taken. */
    record Claimed(UUID tenantId, UUID id, FileFormat format, boolean dryRun, long token, long lines, long failed) {}

    /** One that was taken, and how often in a row a worker could not go on with it. */
    private record Taken(Claimed held, int faults) {}

    /**
     * Takes the import that has waited longest. One that nobody goes on with, because its worker died, is taken too: it may have
     * killed it, so that this counts as a fault, others have their turn before it is taken over again, and after several it is
     * given up.
     */
    Optional<Claimed> claim() {
        return database.asWorker(tx -> {
            Optional<Taken> taken = take(tx);
            while (taken.isPresent() && taken.get().faults() >= MAX_FAULTS) {
                giveUp(tx, taken.get().held(), "true");
                taken = take(tx);
            }
            return taken.map(Taken::held);
        });
    }

    private Optional<Taken> take(Transaction tx) {
        return tx.jdbc()
                .sql("""
                        UPDATE product_imports
                        SET state = 'running',
                            lease_token = lease_token + 1,
                            lease_until = clock_timestamp() + make_interval(secs => cast(:lease AS double precision)),
                            faults = faults + cast(state = 'running' AS integer),
                            next_attempt_at = CASE WHEN state = 'running'
                                THEN clock_timestamp() + interval '1 second' * 2 ^ faults ELSE next_attempt_at END,
                            updated_at = clock_timestamp()
                        WHERE (tenant_id, id) = (
                            SELECT tenant_id, id FROM product_imports
                            WHERE state IN ('waiting', 'running') AND next_attempt_at <= clock_timestamp()
                                AND (lease_until IS NULL OR lease_until <= clock_timestamp())
                            ORDER BY next_attempt_at
                            LIMIT 1
                            FOR UPDATE SKIP LOCKED)
                        RETURNING tenant_id, id, format, dry_run, lease_token, lines_read, lines_failed, faults
                        """)
                .param("lease", seconds())
                .query((row, number) -> new Taken(
                        new Claimed(
                                row.getObject("tenant_id", UUID.class),
                                row.getObject("id", UUID.class),
                                FileFormat.named(row.getString("format")),
                                row.getBoolean("dry_run"),
                                row.getLong("lease_token"),
                                row.getLong("lines_read"),
                                row.getLong("lines_failed")),
                        row.getInt("faults")))
                .optional();
    }

    private static boolean giveUp(Transaction tx, Claimed held, String condition) {
        return end(
                tx,
                held.tenantId(),
                held.id(),
                "state = 'running' AND lease_token = " + held.token() + " AND " + condition,
                "failed",
                "internal-error");
    }

    /** A part of the file; null where there is none. */
    byte @Nullable [] part(Claimed held, int number) {
        return database.inReadTransaction(tx -> tx.jdbc()
                        .sql("""
                                SELECT content FROM product_import_parts
                                WHERE tenant_id = :tenant AND import_id = :id AND number = :number
                                """)
                        .param("tenant", held.tenantId())
                        .param("id", held.id())
                        .param("number", number)
                        .query((row, n) -> row.getBytes("content"))
                        .optional())
                .orElse(null);
    }

    /**
     * Keeps the import until the transaction ends, however long that takes: nobody takes it over meanwhile. It can be cancelled.
     *
     * @return whether the import is still the worker's
     */
    static boolean keep(Transaction tx, Claimed held) {
        // Conflicts with the lock of those who claim, and not with that of those who cancel.
        return tx.jdbc()
                .sql("""
                        SELECT id FROM product_imports
                        WHERE tenant_id = :tenant AND id = :id AND state = 'running' AND lease_token = :token
                        FOR KEY SHARE
                        """)
                .param("tenant", held.tenantId())
                .param("id", held.id())
                .param("token", held.token())
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    /**
     * Writes down what became of the lines that follow those, and prolongs the lease.
     *
     * @return whether the import stood there, and is still the worker's
     */
    static boolean advance(Transaction tx, Claimed held, long from, ImportTally tally, Duration lease) {
        boolean advanced = tx.jdbc()
                        .sql("""
                                UPDATE product_imports
                                SET lines_read = lines_read + :lines,
                                    lines_created = lines_created + :created,
                                    lines_changed = lines_changed + :changed,
                                    lines_unchanged = lines_unchanged + :unchanged,
                                    lines_failed = lines_failed + :failed,
                                    stuck_since = NULL,
                                    faults = 0,
                                    lease_until = clock_timestamp() + make_interval(secs => cast(:lease AS double precision)),
                                    updated_at = clock_timestamp()
                                WHERE tenant_id = :tenant AND id = :id AND state = 'running' AND lease_token = :token
                                    AND lines_read = :from
                                """)
                        .param("lines", tally.lines())
                        .param("created", tally.created())
                        .param("changed", tally.changed())
                        .param("unchanged", tally.unchanged())
                        .param("failed", tally.failed())
                        .param("lease", lease.toMillis() / 1000.0)
                        .param("tenant", held.tenantId())
                        .param("id", held.id())
                        .param("token", held.token())
                        .param("from", from)
                        .update()
                == 1;
        if (advanced) {
            addErrors(tx, held, tally.errors());
        }
        return advanced;
    }

    private static void addErrors(Transaction tx, Claimed held, List<LineError> errors) {
        if (errors.isEmpty()) {
            return;
        }
        tx.jdbc()
                .sql("""
                        INSERT INTO product_import_errors (tenant_id, import_id, line, position, field, code, detail)
                        SELECT :tenant, :id, e.line, row_number() OVER (PARTITION BY e.line ORDER BY e.n) - 1, e.field, e.code,
                            e.detail
                        FROM unnest(:lines, :fields, :codes, :details) WITH ORDINALITY AS e(line, field, code, detail, n)
                        """)
                .param("tenant", held.tenantId())
                .param("id", held.id())
                .param("lines", Sql.longArray(errors, LineError::line))
                .param("fields", Sql.textArray(errors, LineError::field))
                .param("codes", Sql.textArray(errors, LineError::code))
                .param("details", Sql.textArray(errors, LineError::detail))
                .update();
    }

    /** All lines are done, or the rest is not read: the file goes. */
    void finish(Claimed held, long lines, @Nullable String failure) {
        database.inTransaction(tx -> end(
                tx,
                held.tenantId(),
                held.id(),
                "state = 'running' AND lease_token = " + held.token() + " AND lines_read = " + lines,
                failure == null ? "completed" : "failed",
                failure));
    }

    /** Ends an import for which the condition holds, and lets its file go; whether it held. */
    static boolean end(
            Transaction tx, UUID tenantId, UUID id, String condition, String state, @Nullable String failure) {
        boolean ended = tx.jdbc()
                        .sql("""
                                UPDATE product_imports
                                SET state = :state, failure = :failure, finished_at = clock_timestamp(), lease_until = NULL,
                                    updated_at = clock_timestamp()
                                WHERE tenant_id = :tenant AND id = :id AND\s""" + condition)
                        .param("state", state)
                        .param("failure", failure, Types.VARCHAR)
                        .param("tenant", tenantId)
                        .param("id", id)
                        .update()
                == 1;
        if (ended) {
            tx.jdbc()
                    .sql("DELETE FROM product_import_parts WHERE tenant_id = :tenant AND import_id = :id")
                    .param("tenant", tenantId)
                    .param("id", id)
                    .update();
        }
        return ended;
    }

    /** Lets the planner know how much there is by now. */
    void refreshStatistics() {
        database.asWorker(tx -> tx.jdbc()
                .sql("SELECT refresh_statistics()")
                .query((row, number) -> number)
                .list());
    }

    /** Lets others go on, whose imports wait. */
    void release(Claimed held) {
        database.asWorker(tx -> tx.jdbc()
                .sql("""
                        UPDATE product_imports
                        SET state = 'waiting', lease_until = NULL, next_attempt_at = clock_timestamp(),
                            updated_at = clock_timestamp()
                        WHERE tenant_id = :tenant AND id = :id AND state = 'running' AND lease_token = :token
                        """)
                .param("tenant", held.tenantId())
                .param("id", held.id())
                .param("token", held.token())
                .update());
    }

    /**
     * Something went wrong that lies not in the file: it is tried again later. It is given up after several faults in a row; those
     * that pass by themselves are not counted, and only end it where nothing has gone on for a day.
     */
    void postpone(Claimed held, boolean passing) {
        database.asWorker(tx -> {
            String lasting =
                    passing ? "stuck_since < clock_timestamp() - interval '1 day'" : "faults + 1 >= " + MAX_FAULTS;
            return giveUp(tx, held, lasting) || postpone(tx, held, passing);
        });
    }

    private static boolean postpone(Transaction tx, Claimed held, boolean passing) {
        return tx.jdbc()
                        .sql("""
                                UPDATE product_imports
                                SET state = 'waiting', lease_until = NULL,
                                    faults = faults + CASE WHEN :passing THEN 0 ELSE 1 END,
                                    stuck_since = coalesce(stuck_since, clock_timestamp()),
                                    next_attempt_at = clock_timestamp() + CASE WHEN :passing
                                        THEN least(interval '5 minutes', greatest(
                                            interval '1 second', clock_timestamp() - stuck_since))
                                        ELSE interval '1 second' * 2 ^ faults END,
                                    updated_at = clock_timestamp()
                                WHERE tenant_id = :tenant AND id = :id AND state = 'running' AND lease_token = :token
                                """)
                        .param("passing", passing)
                        .param("tenant", held.tenantId())
                        .param("id", held.id())
                        .param("token", held.token())
                        .update()
                == 1;
    }

    /** Ends imports whose files stopped coming, and deletes those that ended long ago, a bounded number of them. */
    void tidy(Duration longestPause, Duration kept) {
        database.asWorker(tx -> {
            int ended = tx.jdbc()
                    .sql("""
                            WITH silent AS (
                                UPDATE product_imports
                                SET state = 'failed', failure = 'upload-interrupted', finished_at = clock_timestamp(),
                                    updated_at = clock_timestamp()
                                WHERE (tenant_id, id) IN (
                                    SELECT tenant_id, id FROM product_imports
                                    WHERE state = 'receiving'
                                        AND updated_at < clock_timestamp() - make_interval(secs => :pause)
                                    LIMIT 100 FOR UPDATE SKIP LOCKED)
                                RETURNING tenant_id, id
                            )
                            DELETE FROM product_import_parts p USING silent s
                            WHERE p.tenant_id = s.tenant_id AND p.import_id = s.id
                            """)
                    .param("pause", (double) longestPause.toSeconds())
                    .update();
            return ended
                    + tx.jdbc()
                            .sql("""
                                    DELETE FROM product_imports
                                    WHERE (tenant_id, id) IN (
                                        SELECT tenant_id, id FROM product_imports
                                        WHERE finished_at < clock_timestamp() - make_interval(secs => :kept)
                                        LIMIT 100 FOR UPDATE SKIP LOCKED)
                                    """)
                            .param("kept", (double) kept.toSeconds())
                            .update();
        });
    }

    private double seconds() {
        return lease.toMillis() / 1000.0;
    }
}
