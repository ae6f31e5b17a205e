package org.cartulary.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Transaction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of customers. Thread-safe. */
final class CustomerStore {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private final JsonMapper json;

    CustomerStore(JsonMapper json) {
        this.json = json;
    }

    Optional<CustomerView> find(Transaction tx, UUID tenantId, UUID id) {
        return tx.jdbc()
                .sql("SELECT * FROM customers WHERE tenant_id = :tenantId AND id = :id AND deleted_at IS NULL")
                .param("tenantId", tenantId)
                .param("id", id)
                .query(this::customer)
                .optional();
    }

    Optional<CustomerView> findByNumber(Transaction tx, UUID tenantId, String number) {
        return tx.jdbc()
                .sql("""
                        SELECT *
                        FROM customers
                        WHERE tenant_id = :tenantId AND customer_number = :number AND deleted_at IS NULL
                        """)
                .param("tenantId", tenantId)
                .param("number", number)
                .query(this::customer)
                .optional();
    }

    /** The customers in the order of their creation, those after the given one. */
    List<CustomerView> list(Transaction tx, UUID tenantId, @Nullable UUID after, int limit) {
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
                .query(this::customer)
                .list();
    }

    /** Creates the customer of a new account, unless it is there. */
    void insertRegistered(
            Transaction tx, UUID tenantId, UUID id, String number, String email, String firstName, String lastName) {
        tx.jdbc()
                .sql("""
                        INSERT INTO customers (tenant_id, id, customer_number, email, is_registered, first_name, last_name)
                        VALUES (:tenantId, :id, :number, :email, true, :firstName, :lastName)
                        ON CONFLICT (tenant_id, id) DO NOTHING
                        """)
                .param("tenantId", tenantId)
                .param("id", id)
                .param("number", number)
                .param("email", email)
                .param("firstName", firstName)
                .param("lastName", lastName)
                .update();
    }

    private CustomerView customer(ResultSet row, int number) throws SQLException {
        return new CustomerView(
                row.getObject("id", UUID.class),
                row.getString("customer_number"),
                row.getString("email"),
                row.getBoolean("is_registered"),
                row.getString("phone"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getObject("date_of_birth", LocalDate.class),
                row.getString("gender"),
                row.getString("country"),
                row.getString("status"),
                row.getBoolean("email_verified"),
                row.getBoolean("phone_verified"),
                row.getBoolean("marketing_consent"),
                json.readValue(row.getString("metadata"), OBJECT),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
