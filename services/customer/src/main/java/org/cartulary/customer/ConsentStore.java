package org.cartulary.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** The SQL of consents. Thread-safe. */
final class ConsentStore {

    /** Whether there is such a customer, whose row is the lock of its consents until the transaction ends. */
    boolean lockCustomer(Transaction tx, UUID tenantId, UUID customerId) {
        return tx.jdbc()
                .sql("""
                        SELECT id
                        FROM customers
                        WHERE tenant_id = :tenantId AND id = :customerId AND deleted_at IS NULL
                        FOR NO KEY UPDATE
                        """)
                .param("tenantId", tenantId)
                .param("customerId", customerId)
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    /** Adds to the history of the purpose, unless its end says the same: whether it did. The customer is locked. */
    boolean add(Transaction tx, UUID tenantId, UUID customerId, ConsentPurpose purpose, ConsentStatement said) {
        RequestContext context = RequestContext.current();
        return tx.jdbc()
                        .sql("""
                                WITH last AS (
                                    SELECT number, is_given, text_version
                                    FROM consent_records
                                    WHERE tenant_id = :tenantId AND customer_id = :customerId AND purpose = :purpose
                                    ORDER BY number DESC
                                    LIMIT 1)
                                INSERT INTO consent_records (tenant_id, id, customer_id, purpose, number, is_given, text_version,
                                                             source, principal_kind, principal_id, trace_id)
                                SELECT :tenantId, :id, :customerId, :purpose, coalesce((SELECT number FROM last), 0) + 1, :given,
                                       :textVersion, :source, :principalKind, :principalId, :traceId
                                WHERE NOT EXISTS (SELECT
                                                  FROM last
                                                  WHERE is_given = :given AND (text_version = :textVersion OR NOT :given))
                                """)
                        .param("tenantId", tenantId)
                        .param("id", Ids.next())
                        .param("customerId", customerId)
                        .param("purpose", purpose.word())
                        .param("given", said.given())
                        .param("textVersion", said.textVersion())
                        .param("source", said.sourceOrAccount())
                        .param("principalKind", context.principal().kind().name())
                        .param("principalId", context.principal().id())
                        .param("traceId", context.traceId())
                        .update()
                == 1;
    }

    /** Raises the version of the customer, who is locked; the new one. */
    long touch(Transaction tx, UUID tenantId, UUID customerId) {
        return tx.jdbc()
                .sql("""
                        UPDATE customers
                        SET version = version + 1, updated_at = now()
                        WHERE tenant_id = :tenantId AND id = :customerId
                        RETURNING version
                        """)
                .param("tenantId", tenantId)
                .param("customerId", customerId)
                .query(Long.class)
                .single();
    }

    /** What holds now of each purpose, in their order; empty if there is no such customer. */
    List<CustomerConsents.State> states(Transaction tx, UUID tenantId, UUID customerId) {
        return tx.jdbc()
                .sql("""
                        SELECT p.purpose, coalesce(last.is_given, false) AS is_given, last.text_version, last.recorded_at
                        FROM customers c
                        CROSS JOIN unnest(cast(:purposes AS text[])) WITH ORDINALITY AS p (purpose, place)
                        LEFT JOIN LATERAL (
                            SELECT r.is_given, r.text_version, r.recorded_at
                            FROM consent_records r
                            WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id AND r.purpose = p.purpose
                            ORDER BY r.number DESC
                            LIMIT 1) last ON true
                        WHERE c.tenant_id = :tenantId AND c.id = :customerId AND c.deleted_at IS NULL
                        ORDER BY p.place
                        """)
                .param("purposes", Sql.textArray(List.of(ConsentPurpose.values()), ConsentPurpose::word))
                .param("tenantId", tenantId)
                .param("customerId", customerId)
                .query((row, number) -> new CustomerConsents.State(
                        row.getString("purpose"),
                        row.getBoolean("is_given"),
                        row.getString("text_version"),
                        instant(row, "recorded_at")))
                .list();
    }

    /** All that the customer said, the latest first, what came before the given record. */
    List<ConsentRecord> history(Transaction tx, UUID tenantId, UUID customerId, @Nullable UUID before, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT *
                        FROM consent_records
                        WHERE tenant_id = :tenantId AND customer_id = :customerId
                          AND id < coalesce(cast(:before AS uuid), 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                        ORDER BY id DESC
                        LIMIT :limit
                        """)
                .param("tenantId", tenantId)
                .param("customerId", customerId)
                .param("before", before)
                .param("limit", limit)
                .query(ConsentStore::record)
                .list();
    }

    private static ConsentRecord record(ResultSet row, int number) throws SQLException {
        return new ConsentRecord(
                row.getObject("id", UUID.class),
                row.getObject("customer_id", UUID.class),
                row.getString("purpose"),
                row.getInt("number"),
                row.getBoolean("is_given"),
                row.getString("text_version"),
                row.getString("source"),
                row.getString("principal_kind"),
                row.getObject("principal_id", UUID.class),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
