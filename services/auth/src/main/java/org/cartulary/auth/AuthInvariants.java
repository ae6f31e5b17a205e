package org.cartulary.auth;

import java.util.List;
import org.cartulary.contracts.reconciliation.InvariantResult;
import org.cartulary.platform.database.Transaction;

/** What must hold of identities. The schema guards most of it; this looks whether it did. */
final class AuthInvariants {

    private AuthInvariants() {}

    static List<InvariantResult> check(Transaction tx) {
        return List.of(
                check(
                        tx,
                        "one-account-per-email",
                        "An e-mail address has at most one account in a shop that is not deleted.",
                        "SELECT count(*) FROM users WHERE deleted_at IS NULL",
                        """
                        SELECT 'tenant ' || tenant_id || ': accounts ' || string_agg(id::text, ', ')
                        FROM users
                        WHERE deleted_at IS NULL
                        GROUP BY tenant_id, lower(email)
                        HAVING count(*) > 1
                        """),
                check(
                        tx,
                        "one-usable-refresh-token-per-session",
                        "A session has at most one refresh token that can be used.",
                        "SELECT count(*) FROM user_sessions",
                        """
                        SELECT 'tenant ' || tenant_id || ': session ' || session_id
                        FROM refresh_tokens
                        WHERE used_at IS NULL AND revoked_at IS NULL
                        GROUP BY tenant_id, session_id
                        HAVING count(*) > 1
                        """),
                check(
                        tx,
                        "refresh-token-of-session-owner",
                        "A refresh token belongs to the user of its session.",
                        "SELECT count(*) FROM refresh_tokens",
                        """
                        SELECT 'tenant ' || t.tenant_id || ': refresh token ' || t.id
                        FROM refresh_tokens t
                        JOIN user_sessions s ON s.tenant_id = t.tenant_id AND s.id = t.session_id
                        WHERE s.user_id <> t.user_id
                        """),
                check(
                        tx,
                        "api-keys-stay-in-their-shop",
                        "No API key of a shop holds a permission of the platform's operator.",
                        "SELECT count(*) FROM api_keys",
                        """
                        SELECT 'tenant ' || tenant_id || ': API key ' || id
                        FROM api_keys
                        WHERE permissions && ARRAY['tenants:write', 'reconciliation:run']
                        """));
    }

    private static InvariantResult check(
            Transaction tx, String name, String description, String countRows, String findBreaches) {
        long rows = tx.jdbc().sql(countRows).query(Long.class).single();
        List<Breach> breaches = tx.jdbc()
                .sql("SELECT example, count(*) OVER () AS breaches FROM (" + findBreaches + ") AS b (example) LIMIT "
                        + InvariantResult.MAX_EXAMPLES)
                .query((row, number) -> new Breach(row.getString("example"), row.getLong("breaches")))
                .list();
        return new InvariantResult(
                "auth",
                name,
                description,
                rows,
                breaches.isEmpty() ? 0 : breaches.getFirst().total(),
                breaches.stream().map(Breach::example).toList());
    }

    private record Breach(String example, long total) {}
}
