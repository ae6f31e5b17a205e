package org.cartulary.auth;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.secrets.SecretUse;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** The SQL of what the secrets of the installation encrypt, of all shops, for the job that encrypts it anew. Only a worker reaches it. */
final class EncryptedStore {

    /**
     * A value as it is kept.
     *
     * @param tenantId of zeros where it belongs to no shop
     * @param id for which it is encrypted
     * @param secretId which secret has encrypted it; {@code null} where nobody has looked
     */
    record Encrypted(
            UUID tenantId, UUID id, String text, @Nullable String secretId) {

        Place place() {
            return new Place(tenantId, id);
        }

        @Override
        public String toString() {
            return "Encrypted[id=" + id + "]";
        }
    }

    /** In the order in which values are encrypted anew. */
    record Place(UUID tenantId, UUID id) {

        private static final UUID ZERO = new UUID(0, 0);

        static final Place BEGINNING = new Place(ZERO, ZERO);
    }

    /** What becomes of a value. */
    record Anew(Encrypted was, String text, String secretId) {

        /** Whether there is anything to write. */
        boolean isChange() {
            return !text.equals(was.text()) || !secretId.equals(was.secretId());
        }

        @Override
        public String toString() {
            return "Anew[" + was + "]";
        }
    }

    /** Some second factors, behind the place, that are not known to be encrypted by the secret. */
    List<Encrypted> secondFactors(Transaction tx, String secretId, Place after, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT tenant_id, user_id AS id, secret_encrypted AS text, secret_id
                        FROM second_factors
                        WHERE (coalesce(secret_id, '') < :secretId OR coalesce(secret_id, '') > :secretId)
                          AND (tenant_id, user_id) > (:tenantId, :id)
                        ORDER BY tenant_id, user_id
                        LIMIT :limit
                        """)
                .param("secretId", secretId)
                .param("tenantId", after.tenantId())
                .param("id", after.id())
                .param("limit", limit)
                .query(EncryptedStore::encrypted)
                .list();
    }

    /** Has them encrypted by other secrets; what was changed, removed or encrypted anew meanwhile stays as it is. */
    int replaceSecondFactors(Transaction tx, List<Anew> values) {
        return replace(tx, values, """
                UPDATE second_factors f
                SET secret_encrypted = n.text, secret_id = n.secret_id
                FROM unnest(:tenantIds, :ids, :old, :texts, :secretIds) AS n (tenant_id, id, old, text, secret_id)
                WHERE f.tenant_id = n.tenant_id AND f.user_id = n.id AND f.secret_encrypted = n.old
                """);
    }

    /** The signing keys, behind the place, that are not known to be encrypted by the secret. */
    List<Encrypted> signingKeys(Transaction tx, String secretId, Place after, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT cast(:noTenant AS uuid) AS tenant_id, id, private_jwk_encrypted AS text, secret_id
                        FROM signing_keys
                        WHERE secret_id IS DISTINCT FROM :secretId AND id > :id
                        ORDER BY id
                        LIMIT :limit
                        """)
                .param("noTenant", Place.ZERO)
                .param("secretId", secretId)
                .param("id", after.id())
                .param("limit", limit)
                .query(EncryptedStore::encrypted)
                .list();
    }

    /** As {@link #replaceSecondFactors}. */
    int replaceSigningKeys(Transaction tx, List<Anew> values) {
        return replace(tx, values, """
                UPDATE signing_keys k
                SET private_jwk_encrypted = n.text, secret_id = n.secret_id
                FROM unnest(:tenantIds, :ids, :old, :texts, :secretIds) AS n (tenant_id, id, old, text, secret_id)
                WHERE k.id = n.id AND k.private_jwk_encrypted = n.old
                """);
    }

    private static int replace(Transaction tx, List<Anew> values, String sql) {
        return tx.jdbc()
                .sql(sql)
                .param("tenantIds", Sql.uuidArray(values, anew -> anew.was().tenantId()))
                .param("ids", Sql.uuidArray(values, anew -> anew.was().id()))
                .param("old", Sql.textArray(values, anew -> anew.was().text()))
                .param("texts", Sql.textArray(values, Anew::text))
                .param("secretIds", Sql.textArray(values, Anew::secretId))
                .update();
    }

    /** How many values of which kind hang on which secret. */
    List<SecretUse> uses(Transaction tx) {
        return tx.jdbc()
                .sql("""
                        SELECT kind, coalesce(secret_id, :notLookedAt) AS secret_id, count(*) AS count
                        FROM (SELECT 'signing-keys' AS kind, secret_id FROM signing_keys
                              UNION ALL
                              SELECT 'second-factors', secret_id FROM second_factors) AS kept
                        GROUP BY kind, kept.secret_id
                        ORDER BY kind, kept.secret_id
                        """)
                .param("notLookedAt", SecretUse.NOT_LOOKED_AT)
                .query((row, number) ->
                        new SecretUse(row.getString("kind"), row.getString("secret_id"), row.getLong("count")))
                .list();
    }

    private static Encrypted encrypted(ResultSet row, int number) throws SQLException {
        return new Encrypted(
                row.getObject("tenant_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getString("text"),
                row.getString("secret_id"));
    }
}
