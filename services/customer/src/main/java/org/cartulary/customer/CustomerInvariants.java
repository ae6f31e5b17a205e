package org.cartulary.customer;

import java.util.List;
import org.cartulary.contracts.reconciliation.InvariantResult;
import org.cartulary.platform.database.Transaction;

/** What must hold of customers. The schema guards it; this looks whether it did. */
final class CustomerInvariants {
    private CustomerInvariants() {}

    static List<InvariantResult> check(Transaction tx) {
        return List.of(
                check(
                        tx,
                        "one-customer-per-number",
                        "A customer number names at most one customer of a shop that is not deleted.",
                        "SELECT count(*) FROM customers WHERE deleted_at IS NULL",
                        """
                        SELECT 'tenant ' || tenant_id || ': number ' || customer_number
                        FROM customers
                        WHERE deleted_at IS NULL
                        GROUP BY tenant_id, customer_number
                        HAVING count(*) > 1
                        """),
                check(
                        tx,
                        "one-registered-customer-per-email",
                        "An e-mail address belongs to at most one registered customer of a shop.",
                        "SELECT count(*) FROM customers WHERE deleted_at IS NULL AND is_registered",
                        """
                        SELECT 'tenant ' || tenant_id || ': customers ' || string_agg(id::text, ', ')
                        FROM customers
                        WHERE deleted_at IS NULL AND is_registered
                        GROUP BY tenant_id, lower(email)
                        HAVING count(*) > 1
                        """),
                check(
                        tx,
                        "one-default-address-of-each-type",
                        "A customer has at most one default shipping and one default billing address.",
                        "SELECT count(*) FROM customer_addresses WHERE is_default",
                        """
                        SELECT 'tenant ' || tenant_id || ': customer ' || customer_id || ', ' || type
                        FROM customer_addresses
                        WHERE is_default
                        GROUP BY tenant_id, customer_id, type
                        HAVING count(*) > 1
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
                "customer",
                name,
                description,
                rows,
                breaches.isEmpty() ? 0L : breaches.getFirst().total(),
                breaches.stream().map(Breach::example).toList());
    }

    private record Breach(String example, long total) {}
}
