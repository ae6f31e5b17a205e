package org.cartulary.auth;

import java.util.List;
import java.util.stream.Stream;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What must hold of identities. The schema guards most of it; this looks whether it did. */
final class AuthInvariants {

    private static final List<SqlInvariant> INVARIANTS = List.of(
            SqlInvariant.ofListing(
                    "one-account-per-email",
                    "An e-mail address has at most one account in a shop that is not deleted.",
                    "users WHERE deleted_at IS NULL",
                    """
                        SELECT 'tenant ' || tenant_id || ': accounts ' || string_agg(id::text, ', ')
                        FROM users
                        WHERE deleted_at IS NULL
                        GROUP BY tenant_id, email_index
                        HAVING count(*) > 1
                        """),
            SqlInvariant.ofListing(
                    "one-usable-refresh-token-per-session",
                    "A session has at most one refresh token that can be used.",
                    "user_sessions",
                    """
                        SELECT 'tenant ' || tenant_id || ': session ' || session_id
                        FROM refresh_tokens
                        WHERE used_at IS NULL AND revoked_at IS NULL
                        GROUP BY tenant_id, session_id
                        HAVING count(*) > 1
                        """),
            SqlInvariant.ofListing(
                    "refresh-token-of-session-owner",
                    "A refresh token belongs to the user of its session.",
                    "refresh_tokens",
                    """
                        SELECT 'tenant ' || t.tenant_id || ': refresh token ' || t.id
                        FROM refresh_tokens t
                        JOIN user_sessions s ON s.tenant_id = t.tenant_id AND s.id = t.session_id
                        WHERE s.user_id <> t.user_id
                        """),
            SqlInvariant.ofListing(
                    "page-session-without-refresh-token",
                    "A session that a page session holds has no refresh token that can be used.",
                    "page_sessions",
                    """
                        SELECT 'tenant ' || p.tenant_id || ': page session ' || p.id
                        FROM page_sessions p
                        JOIN refresh_tokens t ON t.tenant_id = p.tenant_id AND t.session_id = p.session_id
                        WHERE t.used_at IS NULL AND t.revoked_at IS NULL
                        """),
            SqlInvariant.ofListing(
                    "api-keys-stay-in-their-shop",
                    "No API key of a shop holds a permission of the platform's operator.",
                    "api_keys",
                    """
                        SELECT 'tenant ' || tenant_id || ': API key ' || id
                        FROM api_keys
                        WHERE permissions && ARRAY['tenants:write', 'reconciliation:run', 'operations:run']
                        """));

    private AuthInvariants() {}

    static List<InvariantResult> check(Database database, List<String> secretIds) {
        return SqlInvariant.check(
                database,
                Stream.concat(INVARIANTS.stream(), Stream.of(underKnownSecrets(secretIds)))
                        .toList());
    }

    /** What nobody has looked at yet is no breach: the job does within a minute, and notes it where it finds no secret. */
    private static SqlInvariant underKnownSecrets(List<String> secretIds) {
        return new SqlInvariant(
                "encrypted-by-known-secrets",
                "Nothing is encrypted by a secret that this installation does not know.",
                """
                (SELECT 'signing key of generation ' || generation AS thing, secret_id FROM signing_keys
                 UNION ALL
                 SELECT 'tenant ' || tenant_id || ': second factor of ' || user_id, secret_id
                 FROM second_factors) AS encrypted""",
                "NOT encrypted.secret_id IN ('" + String.join("', '", secretIds) + "')",
                "encrypted.thing || ' hangs on secret ' || encrypted.secret_id");
    }
}
