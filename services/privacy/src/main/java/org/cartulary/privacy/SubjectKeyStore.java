package org.cartulary.privacy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.privacy.DestroySubjectKeys;
import org.cartulary.contracts.privacy.DestroyedSubjectKeys;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.privacy.Subject;
import org.cartulary.platform.privacy.WrappedSubjectKey;

/** The SQL of the keys of people. */
final class SubjectKeyStore {

    /** A key that is to be kept. */
    record NewKey(UUID id, Subject subject, int tenantKeyVersion, String wrappedKey) {}

    /** The keys of the subjects that have one. */
    List<WrappedSubjectKey> ofSubjects(Transaction tx, UUID tenantId, Collection<UUID> subjectIds) {
        return tx.jdbc()
                .sql("""
                        SELECT k.id, k.subject_id, k.tenant_key_version, t.wrapped_key AS wrapped_tenant_key, k.wrapped_key
                        FROM subject_keys k
                        JOIN tenant_keys t ON t.tenant_id = k.tenant_id AND t.version = k.tenant_key_version
                        WHERE k.tenant_id = :tenantId AND k.subject_id = ANY (:subjectIds) AND k.destroyed_at IS NULL
                        """)
                .param("tenantId", tenantId)
                .param("subjectIds", Sql.uuidArray(subjectIds))
                .query((row, number) -> key(row))
                .list();
    }

    /** The keys with the ids, as far as they are not destroyed. */
    List<WrappedSubjectKey> ofIds(Transaction tx, UUID tenantId, Collection<UUID> ids) {
        return tx.jdbc()
                .sql("""
                        SELECT k.id, k.subject_id, k.tenant_key_version, t.wrapped_key AS wrapped_tenant_key, k.wrapped_key
                        FROM subject_keys k
                        JOIN tenant_keys t ON t.tenant_id = k.tenant_id AND t.version = k.tenant_key_version
                        WHERE k.tenant_id = :tenantId AND k.id = ANY (:ids) AND k.destroyed_at IS NULL
                        """)
                .param("tenantId", tenantId)
                .param("ids", Sql.uuidArray(ids))
                .query((row, number) -> key(row))
                .list();
    }

    /**
     * The keys of guests, of whom those that have none get these, in one statement. Nothing is made by a key of the shop that is not
     * current any more, and nobody supersedes it until the transaction ends.
     *
     * @param wrappedBy the key of the shop that wraps them
     */
    List<WrappedSubjectKey> ofGuests(Transaction tx, UUID tenantId, TenantKey wrappedBy, List<NewKey> keys) {
        return tx.jdbc()
                .sql("""
                        WITH existing AS MATERIALIZED (
                            SELECT k.id, k.subject_id, k.tenant_key_version, t.wrapped_key AS wrapped_tenant_key, k.wrapped_key
                            FROM subject_keys k
                            JOIN tenant_keys t ON t.tenant_id = k.tenant_id AND t.version = k.tenant_key_version
                            WHERE k.tenant_id = :tenantId AND k.subject_id = ANY (:subjectIds) AND k.destroyed_at IS NULL),
                        locked AS MATERIALIZED (
                            SELECT version, wrapped_key
                            FROM tenant_keys
                            WHERE tenant_id = :tenantId AND version = :version AND state = 'current'
                            FOR SHARE),
                        created AS (
                            INSERT INTO subject_keys (tenant_id, id, subject_id, kind, tenant_key_version, wrapped_key)
                            SELECT :tenantId, n.id, n.subject_id, 'GUEST', l.version, n.wrapped_key
                            FROM unnest(:ids, :subjectIds, :wrappedKeys) AS n (id, subject_id, wrapped_key)
                            CROSS JOIN locked l
                            WHERE NOT EXISTS (SELECT FROM existing e WHERE e.subject_id = n.subject_id)
                            ORDER BY n.subject_id
                            ON CONFLICT (tenant_id, subject_id) WHERE destroyed_at IS NULL DO NOTHING
                            RETURNING id, subject_id, tenant_key_version, wrapped_key)
                        SELECT * FROM existing
                        UNION ALL
                        SELECT c.id, c.subject_id, c.tenant_key_version, l.wrapped_key, c.wrapped_key
                        FROM created c
                        CROSS JOIN locked l
                        """)
                .param("tenantId", tenantId)
                .param("version", wrappedBy.version())
                .param("ids", Sql.uuidArray(keys, NewKey::id))
                .param("subjectIds", Sql.uuidArray(keys, key -> key.subject().id()))
                .param("wrappedKeys", Sql.textArray(keys, NewKey::wrappedKey))
                .query((row, number) -> key(row))
                .list();
    }

    /** Lets nobody else make or destroy keys of these subjects until the transaction ends; in one order for all. */
    void lock(Transaction tx, UUID tenantId, Collection<UUID> subjectIds) {
        tx.jdbc()
                .sql("""
                        SELECT count(pg_advisory_xact_lock(hashtextextended(:tenantId || '|' || id, 3)))
                        FROM (SELECT id FROM unnest(:subjectIds) AS s (id) ORDER BY id) AS sorted
                        """)
                .param("tenantId", tenantId.toString())
                .param("subjectIds", Sql.uuidArray(subjectIds))
                .query(Long.class)
                .single();
    }

    /** Keeps the keys of those who have none and are no accounts that were erased. */
    void insert(Transaction tx, UUID tenantId, List<NewKey> keys) {
        tx.jdbc()
                .sql("""
                        INSERT INTO subject_keys (tenant_id, id, subject_id, kind, tenant_key_version, wrapped_key)
                        SELECT :tenantId, n.id, n.subject_id, n.kind, n.version, n.wrapped_key
                        FROM unnest(:ids, :subjectIds, :kinds, :versions, :wrappedKeys)
                             AS n (id, subject_id, kind, version, wrapped_key)
                        WHERE n.kind = 'GUEST'
                           OR NOT EXISTS (SELECT FROM subject_keys k
                                          WHERE k.tenant_id = :tenantId AND k.subject_id = n.subject_id
                                            AND k.destroyed_at IS NOT NULL)
                        ON CONFLICT (tenant_id, subject_id) WHERE destroyed_at IS NULL DO NOTHING
                        """)
                .param("tenantId", tenantId)
                .param("ids", Sql.uuidArray(keys, NewKey::id))
                .param("subjectIds", Sql.uuidArray(keys, key -> key.subject().id()))
                .param("kinds", Sql.textArray(keys, key -> key.subject().kind().name()))
                .param("versions", Sql.intArray(keys, NewKey::tenantKeyVersion))
                .param("wrappedKeys", Sql.textArray(keys, NewKey::wrappedKey))
                .update();
    }

    Instant moment(Transaction tx) {
        return tx.jdbc()
                .sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** Destroys the keys of the subjects. An account that never had one is noted too, so that it gets none. */
    DestroyedSubjectKeys destroy(Transaction tx, UUID tenantId, DestroySubjectKeys command, List<UUID> freshIds) {
        List<Subject> subjects = command.subjects();
        Instant madeBefore = command.madeBefore();
        DestroyedSubjectKeys destroyed = tx.jdbc()
                .sql("""
                        WITH destroyed AS (
                            UPDATE subject_keys
                            SET wrapped_key = NULL, tenant_key_version = NULL, destroyed_at = clock_timestamp(),
                                destroyed_by = :by, destruction_reason = :reason
                            WHERE tenant_id = :tenantId AND subject_id = ANY (:subjectIds) AND destroyed_at IS NULL
                              AND (kind = 'ACCOUNT' OR created_at < coalesce(cast(:madeBefore AS timestamptz), 'infinity'))
                            RETURNING destroyed_at)
                        SELECT count(*) AS keys, coalesce(max(destroyed_at), now()) AS at FROM destroyed
                        """)
                .param("by", command.by())
                .param("reason", command.reason())
                .param("madeBefore", madeBefore == null ? null : Sql.timestamp(madeBefore))
                .param("tenantId", tenantId)
                .param("subjectIds", Sql.uuidArray(subjects, Subject::id))
                .query((row, number) -> new DestroyedSubjectKeys(
                        row.getInt("keys"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .single();
        tx.jdbc()
                .sql("""
                        INSERT INTO subject_keys (tenant_id, id, subject_id, kind, destroyed_at, destroyed_by,
                                                  destruction_reason)
                        SELECT :tenantId, s.id, s.subject_id, s.kind, clock_timestamp(), :by, :reason
                        FROM unnest(:ids, :subjectIds, :kinds) AS s (id, subject_id, kind)
                        WHERE s.kind = 'ACCOUNT'
                          AND NOT EXISTS (SELECT FROM subject_keys k
                                          WHERE k.tenant_id = :tenantId AND k.subject_id = s.subject_id)
                        """)
                .param("tenantId", tenantId)
                .param("by", command.by())
                .param("reason", command.reason())
                .param("ids", Sql.uuidArray(freshIds))
                .param("subjectIds", Sql.uuidArray(subjects, Subject::id))
                .param(
                        "kinds",
                        Sql.textArray(subjects, subject -> subject.kind().name()))
                .update();
        return destroyed;
    }

    /** Some keys that are wrapped by the version. */
    List<WrappedSubjectKey> wrappedBy(Transaction tx, UUID tenantId, int version, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT k.id, k.subject_id, k.tenant_key_version, t.wrapped_key AS wrapped_tenant_key, k.wrapped_key
                        FROM subject_keys k
                        JOIN tenant_keys t ON t.tenant_id = k.tenant_id AND t.version = k.tenant_key_version
                        WHERE k.tenant_id = :tenantId AND k.tenant_key_version = :version
                        ORDER BY k.id
                        LIMIT :limit
                        """)
                .param("tenantId", tenantId)
                .param("version", version)
                .param("limit", limit)
                .query((row, number) -> key(row))
                .list();
    }

    /** Has the keys wrapped by another version; what was destroyed or wrapped anew meanwhile stays as it is. */
    int rewrap(Transaction tx, UUID tenantId, int from, int to, List<UUID> ids, List<String> wrappedKeys) {
        return tx.jdbc()
                .sql("""
                        UPDATE subject_keys k
                        SET wrapped_key = n.wrapped_key, tenant_key_version = :to
                        FROM unnest(:ids, :wrappedKeys) AS n (id, wrapped_key)
                        WHERE k.tenant_id = :tenantId AND k.id = n.id AND k.tenant_key_version = :from
                          AND k.destroyed_at IS NULL
                        """)
                .param("to", to)
                .param("ids", Sql.uuidArray(ids))
                .param("wrappedKeys", Sql.textArray(wrappedKeys))
                .param("tenantId", tenantId)
                .param("from", from)
                .update();
    }

    private static WrappedSubjectKey key(ResultSet row) throws SQLException {
        return new WrappedSubjectKey(
                row.getObject("id", UUID.class),
                row.getObject("subject_id", UUID.class),
                row.getInt("tenant_key_version"),
                row.getString("wrapped_tenant_key"),
                row.getString("wrapped_key"));
    }
}
