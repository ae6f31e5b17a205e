package org.cartulary.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;

/** The SQL of customers. Thread-safe. */
final class CustomerStore {
    Optional<StoredCustomer> find(Transaction tx, UUID tenantId, UUID id) {
        return tx.jdbc()
                .sql("SELECT * FROM customers WHERE tenant_id = :tenantId AND id = :id AND deleted_at IS NULL")
                .param("tenantId", tenantId)
                .param("id", id)
                .query((row, number) -> customer(row))
                .optional();
    }

    Optional<StoredCustomer> findByNumber(Transaction tx, UUID tenantId, String number) {
        return tx.jdbc()
                .sql("""
                        SELECT *
                        FROM customers
                        WHERE tenant_id = :tenantId AND customer_number = :number AND deleted_at IS NULL
                        """)
                .param("tenantId", tenantId)
                .param("number", number)
                .query((row, place) -> customer(row))
                .optional();
    }

    /** The customers with that blind index of their address, who has registered first: two at most. */
    List<StoredCustomer> findByEmail(Transaction tx, UUID tenantId, String emailIndex) {
        return tx.jdbc()
                .sql("""
                        SELECT *
                        FROM customers
                        WHERE tenant_id = :tenantId AND email_index = :emailIndex AND deleted_at IS NULL
                        ORDER BY is_registered DESC
                        """)
                .param("tenantId", tenantId)
                .param("emailIndex", emailIndex)
                .query((row, place) -> customer(row))
                .list();
    }

    /** The customers in the order of their creation, those after the given one. */
    List<StoredCustomer> list(Transaction tx, UUID tenantId, @Nullable UUID after, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT *
                        FROM customers
                        WHERE tenant_id = :tenantId AND deleted_at IS NULL
                          AND id > coalesce(cast(:after AS uuid), '00000000-0000-0000-0000-000000000000')
                        ORDER BY id
                        LIMIT :limit
                        """)
                .param("tenantId", tenantId)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> customer(row))
                .list();
    }

    /** Whether the customer had this version, and now is who is said, sealed. */
    boolean changePerson(Transaction tx, UUID tenantId, UUID id, long version, String personSealed) {
        return tx.jdbc()
                        .sql("""
                                UPDATE customers
                                SET person_sealed = :personSealed, version = version + 1, updated_at = now()
                                WHERE tenant_id = :tenantId AND id = :id AND version = :version AND deleted_at IS NULL
                                """)
                        .param("personSealed", personSealed)
                        .param("tenantId", tenantId)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** Creates the customer of an account whose address was verified, unless it is there. */
    void insertRegistered(
            Transaction tx, UUID tenantId, UUID id, String number, String emailIndex, String personSealed) {
        tx.jdbc()
                .sql("""
                        INSERT INTO customers (tenant_id, id, customer_number, email_index, is_registered, email_verified, person_sealed)
                        VALUES (:tenantId, :id, :number, :emailIndex, true, true, :personSealed)
                        ON CONFLICT (tenant_id, id) DO NOTHING
                        """)
                .param("tenantId", tenantId)
                .param("id", id)
                .param("number", number)
                .param("emailIndex", emailIndex)
                .param("personSealed", personSealed)
                .update();
    }

    static StoredCustomer customer(ResultSet row) throws SQLException {
        return new StoredCustomer(
                row.getObject("id", UUID.class),
                row.getString("customer_number"),
                row.getString("person_sealed"),
                row.getBoolean("is_registered"),
                row.getString("country"),
                row.getString("status"),
                row.getBoolean("email_verified"),
                row.getBoolean("phone_verified"),
                row.getBoolean("marketing_consent"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
