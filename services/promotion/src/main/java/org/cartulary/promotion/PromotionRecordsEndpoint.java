package org.cartulary.promotion;

import java.util.List;
import org.cartulary.contracts.privacy.KeptRecord;
import org.cartulary.contracts.privacy.KeptRecords;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.contracts.promotion.PromotionRecordsApi;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.springframework.web.bind.annotation.RestController;

/** What uses of promotions say of people. */
@RestController
final class PromotionRecordsEndpoint implements PromotionRecordsApi {

    private final Database database;

    PromotionRecordsEndpoint(Database database) {
        this.database = database;
    }

    /** As the platform: a customer's transactions do not see what the same person used as a guest. */
    @Override
    public KeptRecords export(Traces traces) {
        return RequestContext.current().asSystem().supply(() -> exported(traces));
    }

    private KeptRecords exported(Traces traces) {
        String claims = database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT coalesce(jsonb_agg(jsonb_build_object(
                                   'orderId', c.order_id, 'status', c.status, 'reason', c.reason,
                                   'createdAt', c.created_at, 'endedAt', c.ended_at,
                                   'uses', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                                       'promotionId', u.promotion_id, 'name', p.name, 'code', u.code,
                                                       'amount', u.amount, 'currency', u.currency)
                                                   ORDER BY u.promotion_id), '[]')
                                            FROM coupon_usage u
                                            LEFT JOIN promotions p ON p.tenant_id = u.tenant_id AND p.id = u.promotion_id
                                            WHERE u.tenant_id = c.tenant_id AND u.order_id = c.order_id))
                                   ORDER BY c.created_at, c.order_id), '[]')::text
                        FROM promotion_claims c
                        WHERE c.tenant_id = :tenantId
                          AND (c.customer_id = :customerId::uuid OR c.order_id = ANY (:orderIds))
                        """)
                .param("tenantId", RequestContext.currentTenant())
                .param("customerId", traces.customerId())
                .param("orderIds", Sql.uuidArray(traces.orderIds()))
                .query(String.class)
                .single());
        return new KeptRecords(List.of(new KeptRecord(
                "promotions", "Which promotions and coupons you have used, and which were given back.", claims)));
    }
}
