package org.cartulary.catalog;

import java.util.List;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What holds of reviews. */
final class ReviewInvariants {

    static final List<SqlInvariant> INVARIANTS = List.of(
            new SqlInvariant(
                    "ratings-equal-reviews",
                    "count and sum of a product's ratings are those of its approved reviews",
                    """
                    (SELECT p.tenant_id, p.id, p.rating_count, p.rating_sum, count(r.id) AS counted,
                        coalesce(sum(r.rating), 0) AS summed
                    FROM products p
                    LEFT JOIN product_reviews r
                        ON r.tenant_id = p.tenant_id AND r.product_id = p.id AND r.status = 'APPROVED'
                    GROUP BY p.tenant_id, p.id) p""",
                    "p.rating_count <> p.counted OR p.rating_sum <> p.summed",
                    "format('product %s of tenant %s says %s ratings of %s, its reviews %s of %s',"
                            + " p.id, p.tenant_id, p.rating_count, p.rating_sum, p.counted, p.summed)"),
            new SqlInvariant(
                    "customers-review-once",
                    "a customer has at most one review of a product",
                    "(SELECT tenant_id, product_id, customer_id, count(*) AS copies FROM product_reviews"
                            + " WHERE customer_id IS NOT NULL GROUP BY 1, 2, 3) r",
                    "r.copies > 1",
                    "format('product %s of tenant %s has %s reviews of one customer', r.product_id, r.tenant_id, r.copies)"));

    private ReviewInvariants() {}
}
