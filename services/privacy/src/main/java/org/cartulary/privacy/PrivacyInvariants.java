package org.cartulary.privacy;

import java.util.List;
import java.util.stream.Stream;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;
import org.cartulary.platform.secrets.InstallationSecrets;

/** What must hold of keys. The schema guards most of it; this looks whether it did. */
final class PrivacyInvariants {

    private static final List<SqlInvariant> INVARIANTS = List.of(
            SqlInvariant.ofListing(
                    "one-live-key-per-person",
                    "A person has at most one key that is not destroyed.",
                    "subject_keys WHERE destroyed_at IS NULL",
                    """
                        SELECT 'tenant ' || tenant_id || ': subject ' || subject_id
                        FROM subject_keys
                        WHERE destroyed_at IS NULL
                        GROUP BY tenant_id, subject_id
                        HAVING count(*) > 1
                        """),
            SqlInvariant.ofListing(
                    "erased-accounts-stay-erased",
                    "An account of which a key was destroyed has no key.",
                    "subject_keys WHERE kind = 'ACCOUNT' AND destroyed_at IS NOT NULL",
                    """
                        SELECT 'tenant ' || gone.tenant_id || ': subject ' || gone.subject_id
                        FROM subject_keys gone
                        JOIN subject_keys live ON live.tenant_id = gone.tenant_id AND live.subject_id = gone.subject_id
                         AND live.destroyed_at IS NULL
                        WHERE gone.kind = 'ACCOUNT' AND gone.destroyed_at IS NOT NULL
                        """),
            SqlInvariant.ofListing(
                    "keys-are-wrapped-by-keys-in-use",
                    "What wraps a key is not retired, and is the shop's current key unless a rotation runs.",
                    "subject_keys WHERE destroyed_at IS NULL",
                    """
                        SELECT 'tenant ' || k.tenant_id || ': key ' || k.id || ' is wrapped by version '
                            || k.tenant_key_version || ', which is ' || t.state
                        FROM subject_keys k
                        JOIN tenant_keys t ON t.tenant_id = k.tenant_id AND t.version = k.tenant_key_version
                        WHERE t.state = 'retired'
                           OR t.state = 'superseded'
                              AND NOT EXISTS (SELECT FROM key_rotations r
                                              WHERE r.tenant_id = k.tenant_id AND r.from_version = t.version
                                                AND r.state = 'running')
                        """),
            SqlInvariant.ofListing(
                    "the-root-of-indexes-is-kept",
                    "Where keys name the secret they hang on, there is the root of the blind indexes.",
                    "tenant_keys WHERE secret_id IS NOT NULL",
                    """
                        SELECT 'tenant ' || tenant_id || ': version ' || version || ' of the key is left without a root of indexes'
                        FROM tenant_keys
                        WHERE secret_id IS NOT NULL AND NOT EXISTS (SELECT FROM index_root)
                        """));

    private final Database database;
    private final InstallationSecrets secrets;

    PrivacyInvariants(Database database, InstallationSecrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /** What became of each check. */
    List<InvariantResult> check() {
        return SqlInvariant.check(
                database,
                Stream.concat(INVARIANTS.stream(), Stream.of(underKnownSecrets(secrets)))
                        .toList());
    }

    /** What nobody has looked at yet is no breach: the job does within a minute, and notes it where it finds no secret. */
    private static SqlInvariant underKnownSecrets(InstallationSecrets secrets) {
        return new SqlInvariant(
                "keys-hang-on-known-secrets",
                "Nothing is wrapped by a secret that this installation does not know.",
                """
                (SELECT 'version ' || version || ' of the key of tenant ' || tenant_id AS thing, secret_id
                 FROM tenant_keys
                 WHERE wrapped_key IS NOT NULL
                 UNION ALL
                 SELECT 'the root of the indexes', secret_id FROM index_root) AS wrapped""",
                "NOT wrapped.secret_id IN ('" + String.join("', '", secrets.ids()) + "')",
                "wrapped.thing || ' hangs on secret ' || wrapped.secret_id");
    }
}
