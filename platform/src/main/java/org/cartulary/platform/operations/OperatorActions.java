package org.cartulary.platform.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The audit of what operators did, which is written by the statement that does it. Thread-safe. */
record OperatorActions(JsonMapper json) {

    /**
     * Ends a statement whose common table expression {@code acted} holds the columns tenant_id, subject_id, state_before and
     * state_after of what was changed: one row, or none.
     */
    static final String RECORD = """
            INSERT INTO operator_actions (tenant_id, id, principal_kind, principal_id, trace_id, subject_kind, subject_id,
                                          act, reason, state_before, state_after)
            SELECT a.tenant_id, :actionId, :principalKind, :principalId, :traceId, :kind, a.subject_id, :act, :reason,
                   a.state_before, a.state_after
            FROM acted a
            RETURNING *
            """;

    private static final TypeReference<Map<String, @Nullable Object>> STATE = new TypeReference<>() {};

    /** Runs a statement that changes something and ends with {@link #RECORD}. */
    Optional<OperatorAction> record(Transaction tx, String service, String statement, ActOnStuckWork command) {
        return record(tx, service, command, statement, UnaryOperator.identity());
    }

    /**
     * As {@link #record(Transaction, String, String, ActOnStuckWork)}.
     *
     * @param parameters sets those of the statement, besides {@code id} and {@code version}
     */
    Optional<OperatorAction> record(
            Transaction tx,
            String service,
            ActOnStuckWork command,
            String statement,
            UnaryOperator<StatementSpec> parameters) {
        RequestContext context = RequestContext.current();
        return parameters
                .apply(tx.jdbc().sql(statement + RECORD))
                .param("id", command.id())
                .param("version", command.version())
                .param("actionId", Ids.next())
                .param("principalKind", context.principal().kind().name())
                .param("principalId", context.principal().id())
                .param("traceId", context.traceId())
                .param("kind", command.kind().word())
                .param("act", command.act().word())
                .param("reason", command.reason().strip())
                .query((row, number) -> read(service, row))
                .optional();
    }

    List<OperatorAction> find(Database database, FindOperatorActions query) {
        return database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT *
                        FROM operator_actions
                        WHERE cast(:time AS timestamptz) IS NULL OR (acted_at, id) < (:time, :id)
                        ORDER BY acted_at DESC, id DESC
                        LIMIT :limit
                        """)
                .param("time", query.beforeTime() == null ? null : Sql.timestamp(query.beforeTime()))
                .param("id", query.beforeId() == null ? new UUID(0, 0) : query.beforeId())
                .param("limit", query.limit())
                .query((row, number) -> read(database.service(), row))
                .list());
    }

    private OperatorAction read(String service, ResultSet row) throws SQLException {
        return new OperatorAction(
                service,
                row.getObject("id", UUID.class),
                row.getObject("acted_at", OffsetDateTime.class).toInstant(),
                row.getObject("tenant_id", UUID.class),
                row.getString("principal_kind"),
                row.getObject("principal_id", UUID.class),
                StuckKind.valueOf(row.getString("subject_kind").toUpperCase(Locale.ROOT)),
                row.getObject("subject_id", UUID.class),
                OperatorAct.valueOf(row.getString("act").toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                json.readValue(row.getString("state_before"), STATE),
                json.readValue(row.getString("state_after"), STATE));
    }
}
