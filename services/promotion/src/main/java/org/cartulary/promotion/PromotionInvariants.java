package org.cartulary.promotion;

import java.util.List;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** Proves the records of promotions over all tenants, in one snapshot. Thread-safe. */
final class PromotionInvariants {

    private static final List<SqlInvariant> INVARIANTS = List.of(
            SqlInvariant.ofListing(
                    "promotion-uses-equal-claims",
                    "Each promotion is used as often as orders claim it.",
                    "promotion_counters",
                    """
                    SELECT format('tenant %s promotion %s: %s uses, %s claims', tenant_id, promotion_id, c.uses, u.claims)
                           AS example
                    FROM promotion_counters c
                    FULL JOIN (
                        SELECT l.tenant_id, l.promotion_id, count(*) AS claims
                        FROM coupon_usage l
                        JOIN promotion_claims o ON o.tenant_id = l.tenant_id AND o.order_id = l.order_id
                        WHERE o.status = 'CLAIMED'
                        GROUP BY l.tenant_id, l.promotion_id
                    ) u USING (tenant_id, promotion_id)
                    WHERE coalesce(c.uses, 0) <> coalesce(u.claims, 0)
                    """),
            SqlInvariant.ofListing(
                    "promotion-limits-hold",
                    "No promotion is used by more orders than it may be.",
                    "promotion_counters",
                    """
                    SELECT format('tenant %s promotion %s: %s uses of %s', tenant_id, promotion_id, uses, total_limit)
                           AS example
                    FROM promotion_counters
                    WHERE uses > total_limit OR uses < 0
                    """),
            SqlInvariant.ofListing(
                    "promotion-customer-limits-hold",
                    "No customer uses a promotion more often than one may, by the limit when it was claimed.",
                    "promotion_claims",
                    """
                    SELECT format('tenant %s promotion %s customer %s: %s uses', l.tenant_id, l.promotion_id, o.customer_id,
                                  count(*)) AS example
                    FROM coupon_usage l
                    JOIN promotion_claims o ON o.tenant_id = l.tenant_id AND o.order_id = l.order_id
                    WHERE o.status = 'CLAIMED' AND l.customer_limit IS NOT NULL
                    GROUP BY l.tenant_id, l.promotion_id, o.customer_id
                    HAVING count(*) > max(l.customer_limit)
                    """),
            SqlInvariant.ofListing(
                    "promotion-first-orders-are-one",
                    "No customer has two orders with promotions for a first order.",
                    "promotion_claims",
                    """
                    SELECT format('tenant %s customer %s: %s first orders', o.tenant_id, o.customer_id,
                                  count(DISTINCT o.order_id)) AS example
                    FROM coupon_usage l
                    JOIN promotion_claims o ON o.tenant_id = l.tenant_id AND o.order_id = l.order_id
                    WHERE o.status = 'CLAIMED' AND l.first_order
                    GROUP BY o.tenant_id, o.customer_id
                    HAVING count(DISTINCT o.order_id) > 1
                    """),
            SqlInvariant.ofListing(
                    "promotion-claims-have-their-uses",
                    "Each claim has as many uses as it says, of promotions of the same shop.",
                    "promotion_claims",
                    """
                    SELECT format('tenant %s order %s: %s uses, %s are there', o.tenant_id, o.order_id, o.use_count,
                                  count(p.id)) AS example
                    FROM promotion_claims o
                    LEFT JOIN coupon_usage l ON l.tenant_id = o.tenant_id AND l.order_id = o.order_id
                    LEFT JOIN promotions p ON p.tenant_id = l.tenant_id AND p.id = l.promotion_id
                    GROUP BY o.tenant_id, o.order_id, o.use_count
                    HAVING count(p.id) <> o.use_count
                    """));

    private final Database database;

    PromotionInvariants(Database database) {
        this.database = database;
    }

    /** What became of each check. */
    List<InvariantResult> check() {
        return SqlInvariant.check(database, INVARIANTS);
    }
}
