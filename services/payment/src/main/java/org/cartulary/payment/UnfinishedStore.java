package org.cartulary.payment;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.database.Database;

/** Finds what providers were asked for and nobody knows the outcome of. Thread-safe. */
final class UnfinishedStore {

    private final Database database;

    UnfinishedStore(Database database) {
        this.database = database;
    }

    /** What a provider was asked for. */
    enum Type {
        AUTHORIZE,
        CAPTURE,
        VOID,
        REFUND
    }

    /** Something without a known outcome. */
    record Unfinished(UUID tenantId, UUID orderId, Type type, String key) {}

    /**
     * Claims for a minute what has no known outcome: authorisations after 15 minutes, anything else after 15 s, when no call
     * is under way any more; what was not looked at for longest first. Several callers at the same time share it out.
     */
    List<Unfinished> claim(int limit) {
        return database.asWorker(tx -> tx.jdbc()
                .sql("""
                        WITH due AS (
                            SELECT tenant_id, id FROM payment_transactions
                            WHERE status = 'PENDING'
                              AND created_at < clock_timestamp()
                                    - CASE transaction_type WHEN 'AUTHORIZE' THEN interval '15 minutes'
                                                            ELSE interval '15 seconds' END
                              AND (last_asked_at IS NULL OR last_asked_at < clock_timestamp() - interval '1 minute')
                            ORDER BY coalesce(last_asked_at, created_at)
                            LIMIT :limit
                            FOR UPDATE SKIP LOCKED)
                        UPDATE payment_transactions t
                        SET last_asked_at = clock_timestamp()
                        FROM due, payments p
                        WHERE t.tenant_id = due.tenant_id AND t.id = due.id
                          AND p.tenant_id = t.tenant_id AND p.id = t.payment_id
                        RETURNING t.tenant_id, p.order_id, t.transaction_type, t.idempotency_key
                        """)
                .param("limit", limit)
                .query((row, number) -> new Unfinished(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("order_id", UUID.class),
                        Type.valueOf(row.getString("transaction_type")),
                        row.getString("idempotency_key")))
                .list());
    }
}
