package org.cartulary.platform.idempotency;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code idempotency_keys}: which requests were claimed, and what they were answered. Thread-safe. */
final class IdempotencyKeys {

    private static final Duration KEPT_FOR = Duration.ofDays(30);

    private final JsonMapper json;

    IdempotencyKeys(JsonMapper json) {
        this.json = json;
    }

    /** What tells a request from others, and its body from that of another one with the same key. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and not seen outside of this package
    record Key(UUID tenantId, String principal, String route, String key, byte[] bodyHash) {

        String scope() {
            return "idempotency|" + tenantId + "|" + principal + "|" + route + "|" + key;
        }
    }

    /**
     * What became of an attempt to claim.
     *
     * @param alone whether no twin is in the middle of its own
     * @param claimed whether the key was free
     */
    record Attempt(boolean alone, boolean claimed) {}

    /** A request that has been claimed before, and its answer once there is one. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and not seen outside of this package
    record Row(
            byte[] bodyHash,
            @Nullable UUID sagaId,
            String state,
            int status,
            @Nullable String body,
            @Nullable String location) {}

    /**
     * Tries to claim requests of this thread's tenant. The lock sends a twin away at once, where the unique key alone would have
     * it wait until this transaction ends. A key whose time is over counts as unused.
     */
    <T> List<Attempt> attempt(Transaction tx, List<Idempotency.Claiming<T>> claimings) {
        List<Key> keys =
                claimings.stream().map(claiming -> claiming.key().key()).toList();
        return tx.jdbc()
                .sql("""
                        WITH turns AS MATERIALIZED (
                            SELECT a.*, pg_try_advisory_xact_lock(hashtextextended(a.scope, 0)) AS alone
                            FROM unnest(:scopes, :principals, :routes, :keys, :bodyHashes, :sagaIds, :statuses, :bodies,
                                        :locations)
                                WITH ORDINALITY AS a (scope, principal, route, key, body_hash, saga_id, status, body,
                                                      location, position)),
                        claimed AS (
                            INSERT INTO idempotency_keys AS k (tenant_id, principal, route, key, body_hash, saga_id, state,
                                                               status, body, location, expires_at)
                            SELECT :tenantId, t.principal, t.route, t.key, decode(t.body_hash, 'hex'), t.saga_id,
                                   CASE WHEN t.status IS NULL THEN 'in_progress' ELSE 'completed' END,
                                   t.status, t.body, t.location,
                                   clock_timestamp() + make_interval(secs => cast(:keptFor AS double precision))
                            FROM turns t
                            WHERE t.alone
                            ON CONFLICT (tenant_id, principal, route, key) DO UPDATE
                            SET body_hash = excluded.body_hash, saga_id = excluded.saga_id, state = excluded.state,
                                status = excluded.status, body = excluded.body, location = excluded.location,
                                created_at = clock_timestamp(), expires_at = excluded.expires_at
                            WHERE k.expires_at <= clock_timestamp()
                            RETURNING k.principal, k.route, k.key)
                        SELECT t.alone, c.key IS NOT NULL AS claimed
                        FROM turns t
                        LEFT JOIN claimed c ON c.principal = t.principal AND c.route = t.route AND c.key = t.key
                        ORDER BY t.position
                        """)
                .param("scopes", Sql.textArray(keys, Key::scope))
                .param("tenantId", RequestContext.currentTenant())
                .param("principals", Sql.textArray(keys, Key::principal))
                .param("routes", Sql.textArray(keys, Key::route))
                .param("keys", Sql.textArray(keys, Key::key))
                .param("bodyHashes", Sql.textArray(keys, key -> HexFormat.of().formatHex(key.bodyHash())))
                .param("sagaIds", Sql.uuidArray(claimings, Idempotency.Claiming::sagaId))
                .param("statuses", Sql.intArray(claimings, Idempotency.Claiming::status))
                .param("bodies", Sql.jsonArray(claimings, claiming -> text(claiming.body())))
                .param("locations", Sql.textArray(claimings, Idempotency.Claiming::location))
                .param("keptFor", (double) KEPT_FOR.toSeconds())
                .query((row, number) -> new Attempt(row.getBoolean("alone"), row.getBoolean("claimed")))
                .list();
    }

    /** A request that was claimed. */
    Row find(Transaction tx, Key key) {
        return tx.jdbc()
                .sql("""
                        SELECT body_hash, saga_id, state, status, body, location
                        FROM idempotency_keys
                        WHERE tenant_id = :tenantId AND principal = :principal AND route = :route AND key = :key
                        """)
                .param("tenantId", key.tenantId())
                .param("principal", key.principal())
                .param("route", key.route())
                .param("key", key.key())
                .query((result, number) -> new Row(
                        result.getBytes("body_hash"),
                        result.getObject("saga_id", UUID.class),
                        result.getString("state"),
                        result.getInt("status"),
                        result.getString("body"),
                        result.getString("location")))
                .single();
    }

    /**
     * Stores the answer of a claimed request.
     *
     * @throws IllegalStateException if it is not claimed
     */
    void store(Transaction tx, Key key, Answer<?> answer) {
        int updated = tx.jdbc()
                .sql("""
                        UPDATE idempotency_keys
                        SET state = 'completed', status = :status, body = :body, location = :location
                        WHERE tenant_id = :tenantId AND principal = :principal AND route = :route AND key = :key
                          AND state = 'in_progress'
                        """)
                .param("status", answer.status())
                .param("body", Sql.json(text(answer.body())))
                .param("location", answer.location())
                .param("tenantId", key.tenantId())
                .param("principal", key.principal())
                .param("route", key.route())
                .param("key", key.key())
                .update();
        if (updated != 1) {
            throw new IllegalStateException("the idempotency key of " + key.route() + " was not claimed");
        }
    }

    /**
     * Stores the answers of sagas of this thread's tenant, which are in the order of their ids.
     *
     * @return how many of them had a claim
     */
    int completeAll(Transaction tx, List<UUID> sagaIds, List<? extends Answer<?>> answers) {
        return tx.jdbc()
                .sql("""
                        UPDATE idempotency_keys k
                        SET state = 'completed', status = a.status, body = a.body, location = a.location
                        FROM unnest(:sagaIds, :statuses, :bodies, :locations) AS a (saga_id, status, body, location)
                        WHERE k.tenant_id = :tenantId AND k.saga_id = a.saga_id AND k.state = 'in_progress'
                        """)
                .param("sagaIds", Sql.uuidArray(sagaIds))
                .param("statuses", Sql.intArray(answers, Answer::status))
                .param("bodies", Sql.jsonArray(answers, answer -> text(answer.body())))
                .param("locations", Sql.textArray(answers, Answer::location))
                .param("tenantId", RequestContext.currentTenant())
                .update();
    }

    /** Deletes keys whose time is over, and says how many. */
    static int purgeExpired(Transaction tx, int limit) {
        // A key that is claimed anew meanwhile has another time, which is compared again under its lock.
        return tx.jdbc().sql("""
                DELETE FROM idempotency_keys
                WHERE expires_at <= clock_timestamp()
                  AND ctid = ANY (ARRAY(
                      SELECT ctid FROM idempotency_keys WHERE expires_at <= clock_timestamp() LIMIT :limit))
                """).param("limit", limit).update();
    }

    /** Deletes the answers that somebody of this thread's tenant was given, and says how many. */
    static int forget(Transaction tx, String principal) {
        return tx.jdbc()
                .sql("""
                        DELETE FROM idempotency_keys
                        WHERE tenant_id = :tenantId AND principal = :principal AND state = 'completed'
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("principal", principal)
                .update();
    }

    private @Nullable String text(@Nullable Object body) {
        return body == null ? null : json.writeValueAsString(body);
    }
}
