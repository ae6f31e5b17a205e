package org.cartulary.payment;

import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** Notes the messages of providers, so that each is handled once. Thread-safe. */
final class WebhookStore {

    /** Whether a message may be handled now. */
    enum Claim {
        CLAIMED,
        HANDLED,
        BUSY
    }

    /** Claims a message for a minute, unless it was handled or somebody else has claimed it. */
    Claim claim(Transaction tx, String provider, String id, @Nullable UUID orderId) {
        int claimed = tx.jdbc()
                .sql("""
                        INSERT INTO payment_webhooks AS w (tenant_id, provider, webhook_id, order_id, claimed_until)
                        VALUES (:tenantId, :provider, :id, :orderId::uuid, clock_timestamp() + interval '1 minute')
                        ON CONFLICT (tenant_id, provider, webhook_id) DO UPDATE
                        SET claimed_until = excluded.claimed_until
                        WHERE w.handled_at IS NULL AND w.claimed_until <= clock_timestamp()
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("provider", provider)
                .param("id", id)
                .param("orderId", orderId)
                .update();
        if (claimed == 1) {
            return Claim.CLAIMED;
        }
        boolean isHandled = tx.jdbc()
                .sql("""
                        SELECT handled_at IS NOT NULL FROM payment_webhooks
                        WHERE tenant_id = :tenantId AND provider = :provider AND webhook_id = :id
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("provider", provider)
                .param("id", id)
                .query(Boolean.class)
                .single();
        return isHandled ? Claim.HANDLED : Claim.BUSY;
    }

    /** Ends a claim. */
    void release(Transaction tx, String provider, String id, boolean isHandled) {
        tx.jdbc()
                .sql("""
                        UPDATE payment_webhooks
                        SET handled_at = CASE WHEN :isHandled THEN clock_timestamp() END, claimed_until = clock_timestamp()
                        WHERE tenant_id = :tenantId AND provider = :provider AND webhook_id = :id AND handled_at IS NULL
                        """)
                .param("isHandled", isHandled)
                .param("tenantId", RequestContext.currentTenant())
                .param("provider", provider)
                .param("id", id)
                .update();
    }

    /** Forgets messages that are older than any repetition can be; the oldest ones first. */
    static int purge(Database database, int limit) {
        return database.asWorker(tx -> tx.jdbc().sql("""
                        DELETE FROM payment_webhooks WHERE (tenant_id, provider, webhook_id) IN (
                            SELECT tenant_id, provider, webhook_id FROM payment_webhooks
                            WHERE received_at < clock_timestamp() - interval '30 days' LIMIT :limit)
                        """).param("limit", limit).update());
    }
}
