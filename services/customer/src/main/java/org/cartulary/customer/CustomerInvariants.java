package org.cartulary.customer;

import java.util.List;
import org.cartulary.contracts.reconciliation.InvariantResult;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;

/** Proves the records of customers over all tenants, in one snapshot. Thread-safe. */
final class CustomerInvariants {

    /**
     * A named invariant.
     *
     * @param rows a FROM clause with the rows that are looked at
     * @param breach the condition under which a row breaks it
     * @param example a row in words
     */
    private record Invariant(String name, String description, String rows, String breach, String example) {}

    private static final List<Invariant> INVARIANTS = List.of(
            new Invariant(
                    "default-addresses-are-single",
                    "a customer has at most one default address of each type",
                    "(SELECT tenant_id, customer_id, type, count(*) FILTER (WHERE is_default) AS defaults"
                            + " FROM customer_addresses GROUP BY 1, 2, 3) a",
                    "a.defaults > 1",
                    "format('customer %s of tenant %s has %s default %s addresses',"
                            + " a.customer_id, a.tenant_id, a.defaults, a.type)"),
            new Invariant(
                    "customer-numbers-are-unique",
                    "no two customers of a shop have the same number",
                    "(SELECT tenant_id, customer_number, count(*) AS copies FROM customers GROUP BY 1, 2) c",
                    "c.copies > 1",
                    "format('tenant %s has %s customers with the number %s', c.tenant_id, c.copies, c.customer_number)"),
            new Invariant(
                    "customer-emails-are-unique",
                    "no two customers of a shop who are not deleted have the same e-mail address",
                    "(SELECT tenant_id, min(id::text) AS id, count(*) AS copies FROM customers WHERE deleted_at IS NULL"
                            + " GROUP BY tenant_id, lower(email)) c",
                    "c.copies > 1",
                    "format('tenant %s has %s customers with the e-mail address of customer %s',"
                            + " c.tenant_id, c.copies, c.id)"),
            new Invariant(
                    "addresses-have-customers",
                    "every address belongs to a customer of the same shop",
                    "customer_addresses a LEFT JOIN customers c ON c.tenant_id = a.tenant_id AND c.id = a.customer_id",
                    "c.id IS NULL",
                    "format('address %s of tenant %s has no customer %s', a.id, a.tenant_id, a.customer_id)"));

    private final Database database;

    CustomerInvariants(Database database) {
        this.database = database;
    }

    /** What became of each check. */
    List<InvariantResult> check() {
        return database.asReadonly(
                tx -> INVARIANTS.stream().map(invariant -> check(tx, invariant)).toList());
    }

    private static InvariantResult check(Transaction tx, Invariant invariant) {
        record Counts(long checked, long breaches) {}
        Counts counts = tx.jdbc()
                .sql("SELECT count(*) AS checked, count(*) FILTER (WHERE " + invariant.breach() + ") AS breaches FROM "
                        + invariant.rows())
                .query((row, number) -> new Counts(row.getLong("checked"), row.getLong("breaches")))
                .single();
        List<String> examples = counts.breaches() == 0
                ? List.of()
                : tx.jdbc()
                        .sql("SELECT " + invariant.example() + " FROM " + invariant.rows() + " WHERE "
                                + invariant.breach() + " LIMIT " + InvariantResult.MAX_EXAMPLES)
                        .query(String.class)
                        .list();
        return new InvariantResult(
                "customer", invariant.name(), invariant.description(), counts.checked(), counts.breaches(), examples);
    }
}
