package org.cartulary.promotion;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.promotion.PromotionFact;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.privacy.ReasonCode;
import org.jspecify.annotations.Nullable;

/** How often promotions are used. Thread-safe. */
final class UsageStore {

    /** Sorts before all others. */
    private static final UUID FIRST = new UUID(0, 0);

    private final Database database;

    UsageStore(Database database) {
        this.database = database;
    }

    /** Which of the promotions may not be used once more, for what reason; the others do not occur. */
    Map<UUID, Obstacle> limitsReached(List<Offer> limited, @Nullable UUID customerId) {
        Map<UUID, Obstacle> reached = new HashMap<>();
        RequestContext.current()
                .asSystem()
                .run(() -> database.<Integer>inReadTransaction(tx -> {
                    tx.jdbc()
                            .sql("""
                            SELECT c.promotion_id, c.uses >= c.total_limit AS is_used_up
                            FROM unnest(:promotionIds, cast(:customerLimits AS integer[])) AS asked(promotion_id, customer_limit)
                            JOIN promotion_counters c ON c.tenant_id = :tenant AND c.promotion_id = asked.promotion_id
                            WHERE c.uses >= c.total_limit
                               OR asked.customer_limit <= (
                                   SELECT count(*) FROM promotion_claims o
                                   JOIN coupon_usage u ON u.tenant_id = o.tenant_id AND u.order_id = o.order_id
                                   WHERE o.tenant_id = :tenant AND o.customer_id = :customerId::uuid
                                     AND o.status = 'CLAIMED' AND u.promotion_id = c.promotion_id)
                            """)
                            .param("tenant", RequestContext.currentTenant())
                            .param("customerId", customerId)
                            .param("promotionIds", Sql.uuidArray(limited, Offer::id))
                            .param(
                                    "customerLimits",
                                    Sql.intArray(
                                            limited, offer -> offer.limits().perCustomer()))
                            .query(row -> {
                                reached.put(
                                        row.getObject("promotion_id", UUID.class),
                                        row.getBoolean("is_used_up")
                                                ? Obstacle.USED_UP
                                                : Obstacle.CUSTOMER_LIMIT_REACHED);
                            });
                    return reached.size();
                }));
        return reached;
    }

    /** RELEASED or NOTHING_CLAIMED. */
    String release(UUID orderId, String reason) {
        return RequestContext.current()
                .asSystem()
                .supply(() -> database.inTransaction(tx -> tx.jdbc()
                        .sql("SELECT release_promotions(:orderId, :reason)")
                        .param("orderId", orderId)
                        .param("reason", ReasonCode.require(reason))
                        .query(String.class)
                        .single()));
    }

    List<PromotionFact> facts(FactsAfter query) {
        UUID tenantId = query.tenantId();
        UUID orderId = query.orderId();
        return database.asReadonly(tx -> tx.jdbc()
                .sql("""
                        SELECT c.tenant_id, c.order_id, c.status, c.use_count, u.currency, u.amount
                        FROM promotion_claims c
                        LEFT JOIN LATERAL (
                            SELECT min(l.currency) AS currency, sum(l.amount) AS amount FROM coupon_usage l
                            WHERE l.tenant_id = c.tenant_id AND l.order_id = c.order_id) u ON true
                        WHERE (c.tenant_id, c.order_id) > (:tenantId, :orderId)
                        ORDER BY c.tenant_id, c.order_id
                        LIMIT :limit
                        """)
                .param("tenantId", tenantId == null ? FIRST : tenantId)
                .param("orderId", orderId == null ? FIRST : orderId)
                .param("limit", query.limit())
                .query((row, number) -> new PromotionFact(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("order_id", UUID.class),
                        row.getString("status"),
                        row.getInt("use_count"),
                        row.getString("currency") == null
                                ? 0
                                : Money.of(row.getBigDecimal("amount"), Money.currencyOf(row.getString("currency")))
                                        .minorUnits()))
                .list());
    }
}
