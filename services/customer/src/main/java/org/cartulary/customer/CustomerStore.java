package org.cartulary.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Customers. Thread-safe. */
final class CustomerStore {

    private static final String CUSTOMER = """
            SELECT c.id, c.customer_number, c.email, c.first_name, c.last_name, c.phone, c.date_of_birth, c.gender, c.status,
                c.email_verified, c.phone_verified, c.marketing_consent, c.metadata, c.created_at, c.updated_at, c.version
            FROM customers c
            WHERE c.tenant_id = :tenant AND c.deleted_at IS NULL
            """;

    private static final TypeReference<Map<String, Object>> METADATA = new TypeReference<>() {};

    private final Database database;
    private final JsonMapper json;

    CustomerStore(Database database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** A customer to write by its number. */
    record Numbered(String customerNumber, CustomerDraft draft) {}

    /** What became of a customer to write; {@code id} is null where the number belongs to a deleted customer. */
    record Written(String customerNumber, @Nullable UUID id, String outcome) {}

    /** The customer, or null where there is none or it was deleted. */
    @Nullable CustomerView find(UUID id) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(CUSTOMER + "AND c.id = :id")
                .param("tenant", RequestContext.currentTenant())
                .param("id", id)
                .query((row, number) -> view(row))
                .optional()
                .orElse(null));
    }

    /** The customers after the id, in the order of their ids, at most that many; only that with the number, where given. */
    List<CustomerView> list(@Nullable String customerNumber, @Nullable UUID after, int limit) {
        String sql = CUSTOMER + (customerNumber == null ? "" : " AND c.customer_number = :number")
                + (after == null ? "" : " AND c.id > :after") + " ORDER BY c.id LIMIT :limit";
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql(sql)
                .param("tenant", RequestContext.currentTenant())
                .param("number", customerNumber)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> view(row))
                .list());
    }

    /** The numbers of other customers who have one of the e-mail addresses, by the address in lower case. */
    Map<String, String> numbersByEmail(List<String> lowerCaseEmails) {
        record Holder(String email, String customerNumber) {}
        return database.inReadTransaction(tx -> tx
                .jdbc()
                .sql("""
                        SELECT lower(email) AS email, customer_number FROM customers
                        WHERE tenant_id = :tenant AND deleted_at IS NULL AND lower(email) = ANY (:emails)
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("emails", Sql.textArray(lowerCaseEmails))
                .query((row, number) -> new Holder(row.getString("email"), row.getString("customer_number")))
                .list()
                .stream()
                .collect(Collectors.toMap(Holder::email, Holder::customerNumber)));
    }

    /**
     * Creates or changes the customers by number, all or none; what would change nothing is left alone. Each number occurs
     * once.
     *
     * @param replaceMetadata whether the metadata of a draft replaces what was noted, instead of being added to it
     * @throws org.springframework.dao.DuplicateKeyException if an e-mail address belongs to another customer
     */
    List<Written> upsert(List<Numbered> customers, boolean replaceMetadata) {
        return database.inTransaction(tx -> identified(tx, upsert(tx, customers, replaceMetadata)));
    }

    private List<Written> upsert(Transaction tx, List<Numbered> customers, boolean replaceMetadata) {
        return tx.jdbc()
                .sql("""
                        WITH given AS MATERIALIZED (
                            SELECT *
                            FROM unnest(:ids, :numbers, :emails, :firstNames, :lastNames, :phones, :metadata) WITH ORDINALITY
                                AS g(id, customer_number, email, first_name, last_name, phone, metadata, place)
                        ), written AS (
                            INSERT INTO customers AS c
                                (tenant_id, id, customer_number, email, first_name, last_name, phone, metadata)
                            SELECT :tenant, id, customer_number, email, first_name, last_name, phone, metadata
                            FROM given
                            ORDER BY customer_number
                            ON CONFLICT (tenant_id, customer_number) DO UPDATE SET
                                email = excluded.email,
                                first_name = coalesce(excluded.first_name, c.first_name),
                                last_name = coalesce(excluded.last_name, c.last_name),
                                phone = coalesce(excluded.phone, c.phone),
                                metadata = CASE WHEN :replace THEN excluded.metadata ELSE c.metadata || excluded.metadata END,
                                email_verified = c.email_verified AND lower(c.email) = lower(excluded.email),
                                phone_verified = c.phone_verified AND c.phone = coalesce(excluded.phone, c.phone),
                                version = c.version + 1,
                                updated_at = now()
                            WHERE c.deleted_at IS NULL
                              AND (c.email, c.first_name, c.last_name, c.phone, c.metadata) IS DISTINCT FROM (
                                  excluded.email, coalesce(excluded.first_name, c.first_name),
                                  coalesce(excluded.last_name, c.last_name), coalesce(excluded.phone, c.phone),
                                  CASE WHEN :replace THEN excluded.metadata ELSE c.metadata || excluded.metadata END)
                            RETURNING c.id, c.customer_number, c.version
                        )
                        SELECT g.customer_number, coalesce(w.id, existing.id) AS id, CASE
                            WHEN w.version = 1 THEN 'created'
                            WHEN w.version > 1 THEN 'updated'
                            ELSE 'unchanged' END AS outcome
                        FROM given g
                        LEFT JOIN written w ON w.customer_number = g.customer_number
                        LEFT JOIN customers existing ON existing.tenant_id = :tenant
                            AND existing.customer_number = g.customer_number AND existing.deleted_at IS NULL
                        ORDER BY g.place
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param(
                        "ids",
                        Sql.uuidArray(customers.stream().map(one -> Ids.next()).toList()))
                .param(
                        "numbers",
                        Sql.textArray(
                                customers.stream().map(Numbered::customerNumber).toList()))
                .param("emails", column(customers, CustomerDraft::email))
                .param("firstNames", column(customers, CustomerDraft::firstName))
                .param("lastNames", column(customers, CustomerDraft::lastName))
                .param("phones", column(customers, CustomerDraft::phone))
                .param(
                        "metadata",
                        Sql.jsonArray(customers.stream().map(this::metadata).toList()))
                .param("replace", replaceMetadata)
                .query((row, number) -> new Written(
                        row.getString("customer_number"), row.getObject("id", UUID.class), row.getString("outcome")))
                .list();
    }

    /**
     * Finds the ids of customers whom another transaction created while the statement waited for it: the snapshot of the
     * statement does not show them, and they stay as they are because the statement has locked them.
     */
    private static List<Written> identified(Transaction tx, List<Written> written) {
        List<String> unseen = written.stream()
                .filter(one -> one.id() == null)
                .map(Written::customerNumber)
                .toList();
        if (unseen.isEmpty()) {
            return written;
        }
        Map<String, Written> found = tx
                .jdbc()
                .sql("""
                        SELECT customer_number, id FROM customers
                        WHERE tenant_id = :tenant AND customer_number = ANY (:numbers) AND deleted_at IS NULL
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("numbers", Sql.textArray(unseen))
                .query((row, number) ->
                        new Written(row.getString("customer_number"), row.getObject("id", UUID.class), "unchanged"))
                .list()
                .stream()
                .collect(Collectors.toMap(Written::customerNumber, Function.identity()));
        return written.stream()
                .map(one -> found.getOrDefault(one.customerNumber(), one))
                .toList();
    }

    private static Object column(List<Numbered> customers, Function<CustomerDraft, @Nullable String> part) {
        List<@Nullable String> values = new ArrayList<>(customers.size());
        customers.forEach(one -> values.add(part.apply(one.draft())));
        return Sql.textArray(values);
    }

    private String metadata(Numbered customer) {
        return json.writeValueAsString(
                Objects.requireNonNullElse(customer.draft().metadata(), Map.of()));
    }

    private CustomerView view(ResultSet row) throws SQLException {
        return new CustomerView(
                row.getObject("id", UUID.class),
                row.getString("customer_number"),
                row.getString("email"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getString("phone"),
                row.getObject("date_of_birth", LocalDate.class),
                row.getString("gender"),
                row.getString("status"),
                row.getBoolean("email_verified"),
                row.getBoolean("phone_verified"),
                row.getBoolean("marketing_consent"),
                json.readValue(row.getString("metadata"), METADATA),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
