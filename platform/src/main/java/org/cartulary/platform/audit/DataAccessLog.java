package org.cartulary.platform.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** Writes down who reads whose personal data. Thread-safe. */
public final class DataAccessLog {

    /** How long a read is kept where nothing else is set. */
    public static final Duration KEPT = Duration.ofDays(730);

    private final Duration kept;

    /** A log that keeps each read for so long, at least a day. */
    public DataAccessLog(Duration kept) {
        if (kept.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("reads of personal data are kept for a day or longer, not " + kept);
        }
        this.kept = kept;
    }

    /**
     * How something was read.
     *
     * @param endpoint method and path pattern
     * @param permission that it asked for, {@code null} where it asked for none
     * @param reason why, {@code null} where the caller did not say
     */
    public record Way(
            String endpoint,
            @Nullable String permission,
            @Nullable String reason) {}

    /** Whether reads by this caller are written down: customers and guests see their own only. */
    public static boolean concerns(Principal principal) {
        return switch (principal.kind()) {
            case STAFF, VENDOR, INTEGRATION, SYSTEM -> true;
            case CUSTOMER, GUEST -> false;
        };
    }

    /** Writes down that the principal of this thread's context reads these, in a transaction of its own. */
    public void record(Database database, Way way, List<Disclosure> disclosures) {
        Principal principal = RequestContext.current().principal();
        List<Disclosure> ofOthers = disclosures.stream()
                .filter(disclosure -> principal.id() == null
                        || !principal.id().equals(disclosure.subject().personId()))
                .toList();
        if (ofOthers.isEmpty() || !concerns(principal)) {
            return;
        }
        boolean ofOneTenant = RequestContext.current().tenantId() != null;
        int written = ofOneTenant
                ? database.inTransaction(tx -> insert(tx, way, ofOthers))
                : database.asWorker(tx -> insert(tx, way, ofOthers));
        if (written != ofOthers.size()) {
            throw new IllegalStateException("a read of personal data was not written down");
        }
    }

    private int insert(Transaction tx, Way way, List<Disclosure> disclosures) {
        RequestContext context = RequestContext.current();
        return tx.jdbc()
                .sql("""
                        INSERT INTO data_access_log (tenant_id, id, principal_kind, principal_id, permission, subject_kind,
                                                     subject_id, person_id, endpoint, categories, reason, trace_id, kept_until)
                        SELECT s.tenant_id, s.id, :principalKind, :principalId, :permission, s.kind, s.subject_id, s.person_id,
                               :endpoint, string_to_array(s.categories, ','), :reason, :traceId,
                               clock_timestamp() + make_interval(secs => :keptSeconds)
                        FROM unnest(:tenantIds, :ids, :kinds, :subjectIds, :personIds, :categories)
                             AS s (tenant_id, id, kind, subject_id, person_id, categories)
                        """)
                .param("principalKind", context.principal().kind().name())
                .param("principalId", context.principal().id())
                .param("permission", way.permission())
                .param("endpoint", way.endpoint())
                .param("reason", way.reason())
                .param("traceId", context.traceId())
                .param("keptSeconds", kept.toSeconds())
                .param("tenantIds", Sql.uuidArray(disclosures, disclosure -> tenantOf(disclosure, context)))
                .param("ids", Sql.uuidArray(disclosures, disclosure -> Ids.next()))
                .param(
                        "kinds",
                        Sql.textArray(
                                disclosures, disclosure -> disclosure.subject().kind()))
                .param(
                        "subjectIds",
                        Sql.uuidArray(
                                disclosures, disclosure -> disclosure.subject().id()))
                .param(
                        "personIds",
                        Sql.uuidArray(
                                disclosures, disclosure -> disclosure.subject().personId()))
                .param("categories", Sql.textArray(disclosures, disclosure -> words(disclosure.categories())))
                .update();
    }

    private static UUID tenantOf(Disclosure disclosure, RequestContext context) {
        return Objects.requireNonNullElse(
                Objects.requireNonNullElse(disclosure.subject().tenantId(), context.tenantId()), AuditLog.PLATFORM);
    }

    private static String words(Set<PersonalDataCategory> categories) {
        return String.join(
                ",",
                categories.stream().sorted().map(PersonalDataCategory::word).toList());
    }

    static List<DataAccess> find(Database database, FindDataAccesses query) {
        return database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT *
                        FROM data_access_log
                        WHERE tenant_id = :tenantId
                          AND (cast(:subjectId AS uuid) IS NULL OR subject_id = :subjectId)
                          AND (cast(:personId AS uuid) IS NULL OR person_id = :personId)
                          AND (cast(:principalId AS uuid) IS NULL OR principal_id = :principalId)
                          AND (cast(:time AS timestamptz) IS NULL OR (accessed_at, id) < (:time, :beforeId))
                        ORDER BY accessed_at DESC, id DESC
                        LIMIT :limit
                        """)
                .param("tenantId", query.tenantId())
                .param("subjectId", query.subjectId())
                .param("personId", query.personId())
                .param("principalId", query.principalId())
                .param("time", query.beforeTime() == null ? null : Sql.timestamp(query.beforeTime()))
                .param("beforeId", query.beforeId() == null ? new UUID(0, 0) : query.beforeId())
                .param("limit", query.limit())
                .query((row, number) -> access(database, row))
                .list());
    }

    static List<DataAccess> find(Database database, FindAccessesToPerson query) {
        return database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT *
                        FROM data_access_log
                        WHERE tenant_id = :tenantId AND (person_id = cast(:personId AS uuid) OR subject_id = ANY (:subjectIds))
                        ORDER BY accessed_at, id
                        """)
                .param("tenantId", query.tenantId())
                .param("personId", query.personId())
                .param("subjectIds", Sql.uuidArray(query.subjectIds()))
                .query((row, number) -> access(database, row))
                .list());
    }

    private static DataAccess access(Database database, ResultSet row) throws SQLException {
        return new DataAccess(
                database.service(),
                row.getObject("id", UUID.class),
                row.getObject("accessed_at", OffsetDateTime.class).toInstant(),
                row.getString("principal_kind"),
                row.getObject("principal_id", UUID.class),
                row.getString("permission"),
                row.getString("subject_kind"),
                row.getObject("subject_id", UUID.class),
                row.getObject("person_id", UUID.class),
                row.getString("endpoint"),
                List.of((String[]) row.getArray("categories").getArray()),
                row.getString("reason"),
                row.getString("trace_id"));
    }

    /** Deletes reads that were kept long enough; how many there were, at most the limit. */
    public static int purge(Database database, int limit) {
        return database.asWorker(tx -> tx.jdbc().sql("""
                        DELETE FROM data_access_log
                        WHERE (tenant_id, id) IN (SELECT tenant_id, id
                                                  FROM data_access_log
                                                  WHERE kept_until <= now()
                                                  ORDER BY kept_until
                                                  LIMIT :limit)
                        """).param("limit", limit).update());
    }
}
