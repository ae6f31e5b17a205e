package org.cartulary.customer;

import java.util.List;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.cartulary.platform.reconciliation.SqlInvariant;

/** What must hold of customers. The schema guards it; this looks whether it did. */
final class CustomerInvariants {
    private static final List<SqlInvariant> INVARIANTS = List.of(
            SqlInvariant.ofListing(
                    "one-customer-per-number",
                    "A customer number names at most one customer of a shop that is not deleted.",
                    "customers WHERE deleted_at IS NULL",
                    """
                        SELECT 'tenant ' || tenant_id || ': number ' || customer_number
                        FROM customers
                        WHERE deleted_at IS NULL
                        GROUP BY tenant_id, customer_number
                        HAVING count(*) > 1
                        """),
            SqlInvariant.ofListing(
                    "one-registered-customer-per-email",
                    "An e-mail address belongs to at most one registered customer of a shop.",
                    "customers WHERE deleted_at IS NULL AND is_registered",
                    """
                        SELECT 'tenant ' || tenant_id || ': customers ' || string_agg(id::text, ', ')
                        FROM customers
                        WHERE deleted_at IS NULL AND is_registered
                        GROUP BY tenant_id, email_index
                        HAVING count(*) > 1
                        """),
            SqlInvariant.ofListing(
                    "one-default-address-of-each-type",
                    "A customer has at most one default shipping and one default billing address.",
                    "customer_addresses WHERE is_default",
                    """
                        SELECT 'tenant ' || tenant_id || ': customer ' || customer_id || ', ' || type
                        FROM customer_addresses
                        WHERE is_default
                        GROUP BY tenant_id, customer_id, type
                        HAVING count(*) > 1
                        """),
            SqlInvariant.ofQuery(
                    "nobody-forgotten-is-in-a-group",
                    "Whoever is in a group is a customer whom the shop has not forgotten.",
                    """
                        SELECT CASE WHEN c.deleted_at IS NOT NULL
                            THEN format('tenant %s: customer %s in group %s', m.tenant_id, m.customer_id, m.group_id) END AS breach
                        FROM customer_group_members m
                        JOIN customers c ON c.tenant_id = m.tenant_id AND c.id = m.customer_id
                        """),
            SqlInvariant.ofQuery(
                    "consents-match-their-history",
                    "Whether a customer may be written to is the last that the customer said.",
                    """
                        SELECT CASE WHEN c.marketing_consent IS DISTINCT FROM coalesce(last.is_given, false)
                            THEN format('tenant %s: customer %s', c.tenant_id, c.id) END AS breach
                        FROM customers c
                        LEFT JOIN LATERAL (
                            SELECT r.is_given
                            FROM consent_records r
                            WHERE r.tenant_id = c.tenant_id AND r.customer_id = c.id AND r.purpose = 'marketing'
                            ORDER BY r.number DESC
                            LIMIT 1) last ON true
                        """),
            SqlInvariant.ofQuery(
                    "consent-histories-have-no-gaps",
                    "What a customer said of a purpose is numbered 1, 2, 3 and so on.",
                    """
                        SELECT CASE WHEN max(number) <> count(*)
                            THEN format('tenant %s: customer %s, %s', tenant_id, customer_id, purpose) END AS breach
                        FROM consent_records
                        GROUP BY tenant_id, customer_id, purpose
                        """),
            SqlInvariant.ofQuery(
                    "statistics-match-orders",
                    "The statistics of a customer that are shown are those of the orders that were read.",
                    """
                        SELECT CASE
                            WHEN s.orders IS DISTINCT FROM o.orders
                              OR s.confirmed_orders IS DISTINCT FROM o.confirmed
                              OR s.cancelled_orders IS DISTINCT FROM o.cancelled
                              OR s.units IS DISTINCT FROM o.units OR s.gross IS DISTINCT FROM o.gross
                              OR s.refunded IS DISTINCT FROM o.refunded
                              OR s.first_order_at IS DISTINCT FROM o.first_at OR s.last_order_at IS DISTINCT FROM o.last_at
                            THEN format('tenant %s: customer %s, %s', tenant_id, customer_id, currency) END AS breach
                        FROM (SELECT * FROM customer_statistics WHERE generation =
                                 (SELECT generation FROM customer_statistics_generations WHERE state = 'live')) s
                        FULL JOIN (SELECT tenant_id, customer_id, currency, count(*) AS orders,
                                count(*) FILTER (WHERE is_confirmed AND NOT is_cancelled) AS confirmed,
                                count(*) FILTER (WHERE is_cancelled) AS cancelled,
                                coalesce(sum(units) FILTER (WHERE is_confirmed AND NOT is_cancelled), 0) AS units,
                                coalesce(sum(total_amount) FILTER (WHERE is_confirmed AND NOT is_cancelled), 0) AS gross,
                                coalesce(sum(refunded_amount) FILTER (WHERE is_confirmed AND NOT is_cancelled), 0) AS refunded,
                                min(placed_at) AS first_at, max(placed_at) AS last_at
                            FROM customer_statistics_orders
                            WHERE generation =
                                (SELECT generation FROM customer_statistics_generations WHERE state = 'live')
                            GROUP BY tenant_id, customer_id, currency) o USING (tenant_id, customer_id, currency)
                        """),
            SqlInvariant.ofQuery(
                    "one-generation-is-shown", "One generation of the statistics of customers is shown.", """
                        SELECT CASE WHEN count(*) <> 1 THEN count(*) || ' generations are live' END AS breach
                        FROM customer_statistics_generations
                        WHERE state = 'live'
                        """));

    private CustomerInvariants() {}

    static List<InvariantResult> check(Database database) {
        return SqlInvariant.check(database, INVARIANTS);
    }
}
