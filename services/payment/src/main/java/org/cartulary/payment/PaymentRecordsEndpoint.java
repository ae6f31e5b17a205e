package org.cartulary.payment;

import java.util.List;
import org.cartulary.contracts.payment.PaymentRecordsApi;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.KeptRecords;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.springframework.web.bind.annotation.RestController;

/** What payments say of people. Neither cards nor tokens nor what a provider calls them is told. */
@RestController
final class PaymentRecordsEndpoint implements PaymentRecordsApi {

    private final Database database;

    PaymentRecordsEndpoint(Database database) {
        this.database = database;
    }

    /** As the platform: a customer's transactions do not see what the same person has paid as a guest. */
    @Override
    public KeptRecords export(Traces traces) {
        return RequestContext.current().asSystem().supply(() -> exported(traces));
    }

    private KeptRecords exported(Traces traces) {
        String payments = database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT coalesce(jsonb_agg(jsonb_build_object(
                                   'id', p.id, 'orderId', p.order_id, 'status', p.status, 'reason', p.status_reason,
                                   'provider', p.provider, 'method', p.payment_method, 'currency', p.currency,
                                   'amount', p.amount::text, 'authorized', p.authorized_amount::text,
                                   'captured', p.captured_amount::text, 'refunded', p.refunded_amount::text,
                                   'createdAt', p.created_at, 'updatedAt', p.updated_at,
                                   'transactions', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                                               'id', t.id, 'type', t.transaction_type, 'status', t.status,
                                                               'amount', t.amount::text, 'createdAt', t.created_at,
                                                               'finishedAt', t.finished_at)
                                                           ORDER BY t.created_at, t.id), '[]')
                                                    FROM payment_transactions t
                                                    WHERE t.tenant_id = p.tenant_id AND t.payment_id = p.id),
                                   'refunds', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                                          'id', r.id, 'amount', r.amount::text, 'reason', r.reason,
                                                          'createdAt', r.created_at)
                                                      ORDER BY r.created_at, r.id), '[]')
                                               FROM refunds r
                                               WHERE r.tenant_id = p.tenant_id AND r.payment_id = p.id),
                                   'history', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                                          'id', e.id, 'event', e.event_type, 'at', e.created_at)
                                                      ORDER BY e.id), '[]')
                                               FROM payment_events e
                                               WHERE e.tenant_id = p.tenant_id AND e.payment_id = p.id))
                                   ORDER BY p.created_at, p.id), '[]')::text
                        FROM payments p
                        WHERE p.tenant_id = :tenantId
                          AND (p.customer_id = :customerId::uuid OR p.order_id = ANY (:orderIds))
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("customerId", traces.customerId())
                .param("orderIds", Sql.uuidArray(traces.orderIds()))
                .query(String.class)
                .single());
        return new KeptRecords(List.of(new KeptRecord(
                "payments", "What you have paid and what was given back, without cards and tokens.", payments)));
    }
}
