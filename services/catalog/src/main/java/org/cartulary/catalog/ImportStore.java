package org.cartulary.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.audit.AuditLog;
import org.cartulary.platform.audit.AuditedAct;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** Imports as those know them who send and watch them. Thread-safe. */
final class ImportStore {

    /** How many imports of a shop come, wait or run at a time. */
    static final int MAX_AT_ONCE = 5;

    private static final String VIEW = """
            SELECT id, format, dry_run, state, size_bytes, lines_read, lines_created, lines_changed, lines_unchanged,
                lines_failed, failure, created_at, updated_at, finished_at
            FROM product_imports
            WHERE tenant_id = :tenant
            """;

    private final Database database;

    ImportStore(Database database) {
        this.database = database;
    }

    /** Begins an import, whose file is still to come; empty where the shop has {@link #MAX_AT_ONCE} that have not ended. */
    Optional<UUID> begin(FileFormat format, boolean dryRun) {
        UUID id = Ids.next();
        return database.inTransaction(tx -> {
            if (!insert(tx, id, format, dryRun)) {
                return Optional.empty();
            }
            AuditLog.record(
                    tx,
                    AuditedAct.of("product-import.started", "product-import", id)
                            .with("dryRun", dryRun ? "yes" : "no"));
            return Optional.of(id);
        });
    }

    private static boolean insert(Transaction tx, UUID id, FileFormat format, boolean dryRun) {
        // Those who begin at once wait for one another: none would count what the others are about to add.
        tx.jdbc()
                .sql("SELECT pg_advisory_xact_lock(hashtext('product_imports'), hashtext(cast(:tenant AS text)))")
                .param("tenant", RequestContext.currentTenant())
                .query((row, number) -> number)
                .list();
        return tx.jdbc()
                        .sql("""
                                INSERT INTO product_imports (tenant_id, id, format, dry_run)
                                SELECT :tenant, :id, :format, :dryRun
                                WHERE (SELECT count(*) FROM product_imports
                                    WHERE tenant_id = :tenant AND state IN ('receiving', 'waiting', 'running')) < :most
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .param("format", format.key())
                        .param("dryRun", dryRun)
                        .param("most", MAX_AT_ONCE)
                        .update()
                == 1;
    }

    /** Keeps a part of the file; whether it is still wanted. */
    boolean addPart(UUID id, int number, byte[] content) {
        return database.inTransaction(tx -> tx.jdbc()
                        .sql("""
                                WITH receiving AS (
                                    UPDATE product_imports
                                    SET size_bytes = size_bytes + :length, updated_at = clock_timestamp()
                                    WHERE tenant_id = :tenant AND id = :id AND state = 'receiving'
                                    RETURNING tenant_id, id
                                )
                                INSERT INTO product_import_parts (tenant_id, import_id, number, content)
                                SELECT r.tenant_id, r.id, :number, :content FROM receiving r
                                """)
                        .param("tenant", RequestContext.currentTenant())
                        .param("id", id)
                        .param("number", number)
                        .param("length", content.length)
                        .param("content", content)
                        .update()
                == 1);
    }

    /** The file is complete, and may be worked on. */
    void received(UUID id) {
        database.inTransaction(tx -> tx.jdbc()
                .sql("""
                        UPDATE product_imports
                        SET state = 'waiting', next_attempt_at = clock_timestamp(), updated_at = clock_timestamp()
                        WHERE tenant_id = :tenant AND id = :id AND state = 'receiving'
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .update());
    }

    /** Ends an import whose file does not come to its end. */
    void interrupted(UUID id) {
        database.inTransaction(tx -> {
            ImportWorkStore.end(
                    tx, RequestContext.currentTenant(), id, "state = 'receiving'", "failed", "upload-interrupted");
            return id;
        });
    }

    /** Ends an import that has not ended; what was written of it stays. */
    Optional<ImportView> cancel(UUID id) {
        return database.inTransaction(tx -> {
            boolean cancelled = ImportWorkStore.end(
                    tx,
                    RequestContext.currentTenant(),
                    id,
                    "state IN ('receiving', 'waiting', 'running')",
                    "cancelled",
                    null);
            if (cancelled) {
                AuditLog.record(tx, AuditedAct.of("product-import.cancelled", "product-import", id));
            }
            return tx.jdbc()
                    .sql(VIEW + "AND id = :id")
                    .param("tenant", RequestContext.currentTenant())
                    .param("id", id)
                    .query((row, number) -> view(row))
                    .optional();
        });
    }

    Optional<ImportView> find(UUID id) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(VIEW + "AND id = :id")
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .query((row, number) -> view(row))
                .optional());
    }

    /** The latest first, before the id, at most that many. */
    List<ImportView> list(@Nullable UUID before, int limit) {
        return database.inReadTransaction(tx -> {
            var statement = tx.jdbc()
                    .sql(VIEW + (before == null ? "" : "AND id < :before ") + "ORDER BY id DESC LIMIT :limit")
                    .param("tenant", RequestContext.currentTenant())
                    .param("limit", limit);
            if (before != null) {
                statement = statement.param("before", before);
            }
            return statement.query((row, number) -> view(row)).list();
        });
    }

    /** Where an error stands. */
    record Place(long line, int position) {}

    /** An error and its place. */
    record Placed(LineError error, int position) {}

    /** The errors of an import in the order of the lines, after the place, at most that many. */
    List<Placed> errors(UUID id, Place after, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT line, position, field, code, detail FROM product_import_errors
                        WHERE tenant_id = :tenant AND import_id = :id AND (line, position) > (:line, :position)
                        ORDER BY line, position LIMIT :limit
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .param("line", after.line())
                .param("position", after.position())
                .param("limit", limit)
                .query((row, number) -> new Placed(
                        new LineError(
                                row.getLong("line"),
                                row.getString("field"),
                                row.getString("code"),
                                row.getString("detail")),
                        row.getInt("position")))
                .list());
    }

    private static ImportView view(ResultSet row) throws SQLException {
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        return new ImportView(
                row.getObject("id", UUID.class),
                row.getString("format").toLowerCase(Locale.ROOT),
                row.getBoolean("dry_run"),
                row.getString("state"),
                row.getLong("size_bytes"),
                row.getLong("lines_read"),
                row.getLong("lines_created"),
                row.getLong("lines_changed"),
                row.getLong("lines_unchanged"),
                row.getLong("lines_failed"),
                row.getString("failure"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                finished == null ? null : finished.toInstant());
    }
}
