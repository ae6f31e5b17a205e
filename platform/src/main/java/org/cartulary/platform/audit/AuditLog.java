package org.cartulary.platform.audit;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import tools.jackson.databind.json.JsonMapper;

/**
 * Critical operations, written in the transaction that does them: both or neither. Each entry carries the hash of the one before
 * it, in a chain for each tenant and database. Thread-safe.
 *
 * <p>An entry locks its tenant's chain until the end of the transaction, so it is the last that a transaction writes, and nothing
 * of which there is much, such as a purchase, writes one.
 */
public final class AuditLog {

    /** In whose chain stands what belongs to no tenant. */
    public static final UUID PLATFORM = new UUID(0, 0);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AuditLog() {}

    /** Writes down what the principal of this thread's context does to its tenant, or to the platform where it has none. */
    public static void record(Transaction tx, AuditedAct act) {
        UUID tenantId = context().tenantId();
        record(tx, tenantId == null ? PLATFORM : tenantId, act);
    }

    /** A worker may have no context: then it is the platform itself that does something. */
    private static RequestContext context() {
        RequestContext bound = RequestContext.currentOrNull();
        return bound == null ? RequestContext.ofSystem(null) : bound;
    }

    /** Writes down what is done to a tenant; a worker's transaction may name any, others only their own. */
    public static void record(Transaction tx, UUID tenantId, AuditedAct act) {
        RequestContext context = context();
        int written = tx.jdbc()
                .sql("""
                        INSERT INTO audit_log (tenant_id, id, principal_kind, principal_id, trace_id, action, subject_kind,
                                               subject_id, details)
                        VALUES (:tenantId, :id, :principalKind, :principalId, :traceId, :action, :subjectKind, :subjectId,
                                :details)
                        """)
                .param("tenantId", tenantId)
                .param("id", Ids.next())
                .param("principalKind", context.principal().kind().name())
                .param("principalId", context.principal().id())
                .param("traceId", context.traceId())
                .param("action", act.action())
                .param("subjectKind", act.subjectKind())
                .param("subjectId", act.subjectId())
                .param("details", JSON.writeValueAsString(act.details()))
                .update();
        if (written != 1) {
            throw new IllegalStateException("the act was not written down");
        }
    }

    static List<AuditEntry> find(Database database, FindAuditEntries query) {
        return database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT tenant_id, number, id, recorded_at, principal_kind, principal_id, trace_id, action, subject_kind,
                               subject_id, details, hash
                        FROM audit_log
                        WHERE tenant_id = :tenantId
                          AND (cast(:action AS text) IS NULL OR action = :action)
                          AND (cast(:subjectId AS uuid) IS NULL OR subject_id = :subjectId)
                          AND (cast(:principalId AS uuid) IS NULL OR principal_id = :principalId)
                          AND (cast(:time AS timestamptz) IS NULL OR (recorded_at, id) < (:time, :beforeId))
                        ORDER BY recorded_at DESC, id DESC
                        LIMIT :limit
                        """)
                .param("tenantId", query.tenantId())
                .param("action", query.action())
                .param("subjectId", query.subjectId())
                .param("principalId", query.principalId())
                .param("time", query.beforeTime() == null ? null : Sql.timestamp(query.beforeTime()))
                .param("beforeId", query.beforeId() == null ? new UUID(0, 0) : query.beforeId())
                .param("limit", query.limit())
                .query((row, number) -> AuditEntry.read(database.service(), row, JSON))
                .list());
    }
}
