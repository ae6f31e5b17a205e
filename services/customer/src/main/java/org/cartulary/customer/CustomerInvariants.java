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
                        GROUP BY tenant_id, lower(email)
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
                        """));

    private CustomerInvariants() {}

    static List<InvariantResult> check(Database database) {
        return SqlInvariant.check(database, INVARIANTS);
    }
}
