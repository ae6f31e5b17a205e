package org.cartulary.customer;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The SQL that enters customers in batches. */
final class CustomerEntryStore {

    private record Row(
            String number, @Nullable UUID id, @Nullable String outcome) {}

    /**
     * Creates the customers, or brings them up to date, in one statement. What has this content already is not written.
     *
     * @param entries each number once
     * @return in the order of the entries
     */
    List<EnteredCustomer> enter(Transaction tx, UUID tenantId, List<CustomerEntry> entries) {
        List<Row> rows = write(tx, tenantId, entries);
        if (rows.stream().anyMatch(row -> row.id() == null)) {
            // Another transaction created such a customer after this statement began to read: now it can be seen.
            rows = write(tx, tenantId, entries);
        }
        return rows.stream()
                .map(row -> new EnteredCustomer(
                        row.number(),
                        Objects.requireNonNull(row.id()),
                        row.outcome() == null
                                ? EntryOutcome.UNCHANGED
                                : EntryOutcome.valueOf(row.outcome().toUpperCase(Locale.ROOT))))
                .toList();
    }

    private static List<Row> write(Transaction tx, UUID tenantId, List<CustomerEntry> entries) {
        StatementSpec statement =
                tx.jdbc().sql("""
                        WITH entries AS MATERIALIZED (
                            SELECT *
                            FROM unnest(cast(:ids AS uuid[]), cast(:numbers AS text[]), cast(:emails AS text[]),
                                        cast(:firstNames AS text[]), cast(:lastNames AS text[]), cast(:phones AS text[]),
                                        cast(:countries AS text[]), cast(:metadatas AS text[])) WITH ORDINALITY
                                 AS e (id, customer_number, email, first_name, last_name, phone, country, metadata, place)),
                        written AS (
                            INSERT INTO customers AS c (tenant_id, id, customer_number, email, first_name, last_name, phone,
                                                        country, metadata)
                            SELECT :tenantId, id, customer_number, email, first_name, last_name, phone, country,
                                   coalesce(cast(metadata AS jsonb), '{}')
                            FROM entries
                            ORDER BY customer_number
                            ON CONFLICT (tenant_id, customer_number) WHERE deleted_at IS NULL DO UPDATE
                            SET email = CASE WHEN c.is_registered THEN c.email ELSE excluded.email END,
                                first_name = coalesce(excluded.first_name, c.first_name),
                                last_name = coalesce(excluded.last_name, c.last_name),
                                phone = coalesce(excluded.phone, c.phone),
                                country = coalesce(excluded.country, c.country),
                                metadata = c.metadata || excluded.metadata,
                                version = c.version + 1,
                                updated_at = now()
                            WHERE NOT c.is_registered AND excluded.email <> c.email
                               OR excluded.first_name IS NOT NULL AND excluded.first_name IS DISTINCT FROM c.first_name
                               OR excluded.last_name IS NOT NULL AND excluded.last_name IS DISTINCT FROM c.last_name
                               OR excluded.phone IS NOT NULL AND excluded.phone IS DISTINCT FROM c.phone
                               OR excluded.country IS NOT NULL AND excluded.country IS DISTINCT FROM c.country
                               OR c.metadata || excluded.metadata <> c.metadata
                            -- A row that the statement itself has inserted has no xmax.
                            RETURNING c.id, c.customer_number, CASE WHEN c.xmax = 0 THEN 'created' ELSE 'updated' END AS outcome)
                        SELECT e.customer_number, coalesce(w.id, c.id) AS id, w.outcome
                        FROM entries e
                        LEFT JOIN written w ON w.customer_number = e.customer_number
                        LEFT JOIN customers c
                          ON c.tenant_id = :tenantId AND c.customer_number = e.customer_number AND c.deleted_at IS NULL
                        ORDER BY e.place
                        """).param("tenantId", tenantId).param("ids", Sql.uuidArray(entries, CustomerEntry::id));
        text(statement, "numbers", entries, CustomerEntry::customerNumber);
        text(statement, "emails", entries, CustomerEntry::email);
        text(statement, "firstNames", entries, CustomerEntry::firstName);
        text(statement, "lastNames", entries, CustomerEntry::lastName);
        text(statement, "phones", entries, CustomerEntry::phone);
        text(statement, "countries", entries, CustomerEntry::country);
        text(statement, "metadatas", entries, CustomerEntry::metadata);
        return statement
                .query((row, number) -> new Row(
                        row.getString("customer_number"), row.getObject("id", UUID.class), row.getString("outcome")))
                .list();
    }

    private static void text(
            StatementSpec statement,
            String name,
            List<CustomerEntry> entries,
            Function<CustomerEntry, @Nullable String> part) {
        statement.param(name, Sql.textArray(entries, part));
    }

    /** The places, from zero, of the entries whose e-mail address another customer has that the shop entered. */
    List<Integer> placesOfTakenEmails(Transaction tx, UUID tenantId, List<CustomerEntry> entries) {
        StatementSpec statement = tx.jdbc().sql("""
                        SELECT e.place - 1
                        FROM unnest(cast(:numbers AS text[]), cast(:emails AS text[])) WITH ORDINALITY
                             AS e (customer_number, email, place)
                        JOIN customers c ON c.tenant_id = :tenantId AND lower(c.email) = lower(e.email)
                         AND NOT c.is_registered AND c.deleted_at IS NULL AND c.customer_number <> e.customer_number
                        ORDER BY e.place
                        """).param("tenantId", tenantId);
        text(statement, "numbers", entries, CustomerEntry::customerNumber);
        text(statement, "emails", entries, CustomerEntry::email);
        return statement.query(Integer.class).list();
    }
}
