package org.cartulary.customer;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** The SQL that enters customers in batches. */
final class CustomerEntryStore {

    /**
     * How a customer shall be.
     *
     * @param emailIndex {@code null} where the address stays as it is
     * @param version in which the customer was read, 0 if there was none
     */
    record Write(
            UUID id,
            String customerNumber,
            @Nullable String emailIndex,
            String personSealed,
            @Nullable String country,
            long version) {}

    /** The customers with these numbers, by number. */
    Map<String, StoredCustomer> find(Transaction tx, UUID tenantId, List<String> numbers) {
        return tx
                .jdbc()
                .sql("""
                        SELECT *
                        FROM customers
                        WHERE tenant_id = :tenantId AND customer_number = ANY (:numbers) AND deleted_at IS NULL
                        """)
                .param("tenantId", tenantId)
                .param("numbers", Sql.textArray(numbers))
                .query((row, number) -> CustomerStore.customer(row))
                .list()
                .stream()
                .collect(Collectors.toMap(StoredCustomer::customerNumber, Function.identity()));
    }

    /** How many of the customers were created: those whose numbers nobody had. */
    int insert(Transaction tx, UUID tenantId, List<Write> writes) {
        return tx.jdbc()
                .sql("""
                        INSERT INTO customers (tenant_id, id, customer_number, email_index, person_sealed, country)
                        SELECT :tenantId, w.*
                        FROM unnest(:ids, :numbers, :emailIndexes, :personsSealed, :countries)
                             AS w (id, customer_number, email_index, person_sealed, country)
                        ORDER BY w.customer_number
                        ON CONFLICT (tenant_id, customer_number) WHERE deleted_at IS NULL DO NOTHING
                        """)
                .param("tenantId", tenantId)
                .param("ids", Sql.uuidArray(writes, Write::id))
                .param("numbers", Sql.textArray(writes, Write::customerNumber))
                .param("emailIndexes", Sql.textArray(writes, Write::emailIndex))
                .param("personsSealed", Sql.textArray(writes, Write::personSealed))
                .param("countries", Sql.textArray(writes, Write::country))
                .update();
    }

    /** How many of the customers were brought up to date: those that are as they were read. */
    int update(Transaction tx, UUID tenantId, List<Write> writes) {
        return tx.jdbc()
                .sql("""
                        UPDATE customers c
                        SET email_index = coalesce(w.email_index, c.email_index), person_sealed = w.person_sealed,
                            country = w.country, version = c.version + 1, updated_at = now()
                        FROM unnest(:ids, :emailIndexes, :personsSealed, :countries, :versions)
                             AS w (id, email_index, person_sealed, country, version)
                        WHERE c.tenant_id = :tenantId AND c.id = w.id AND c.version = w.version AND c.deleted_at IS NULL
                        """)
                .param("ids", Sql.uuidArray(writes, Write::id))
                .param("emailIndexes", Sql.textArray(writes, Write::emailIndex))
                .param("personsSealed", Sql.textArray(writes, Write::personSealed))
                .param("countries", Sql.textArray(writes, Write::country))
                .param("versions", Sql.longArray(writes, Write::version))
                .param("tenantId", tenantId)
                .update();
    }

    /** The places, from zero, of the numbers whose e-mail address another customer has that the shop entered. */
    List<Integer> placesOfTakenEmails(Transaction tx, UUID tenantId, List<String> numbers, List<String> emailIndexes) {
        return tx.jdbc()
                .sql("""
                        SELECT e.place - 1
                        FROM unnest(:numbers, :emailIndexes) WITH ORDINALITY AS e (customer_number, email_index, place)
                        JOIN customers c ON c.tenant_id = :tenantId AND c.email_index = e.email_index
                         AND NOT c.is_registered AND c.deleted_at IS NULL AND c.customer_number <> e.customer_number
                        ORDER BY e.place
                        """)
                .param("numbers", Sql.textArray(numbers))
                .param("emailIndexes", Sql.textArray(emailIndexes))
                .param("tenantId", tenantId)
                .query(Integer.class)
                .list();
    }
}
