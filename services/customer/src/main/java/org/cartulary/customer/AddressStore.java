package org.cartulary.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.jspecify.annotations.Nullable;

/** The addresses of customers. Thread-safe. */
final class AddressStore {

    private static final String COLUMNS = """
            id, type, is_default, first_name, last_name, company, address_line1, address_line2, city, state, postal_code,
            country, phone, version
            """;

    private final Database database;

    AddressStore(Database database) {
        this.database = database;
    }

    /** Adds the address and returns it, or null where there is no such customer. A new default replaces the old one. */
    @Nullable AddressView add(UUID customerId, AddressDraft draft) {
        boolean isDefault = Boolean.TRUE.equals(draft.isDefault());
        return database.inTransaction(tx -> {
            if (!lock(tx, customerId)) {
                return null;
            }
            if (isDefault) {
                clearDefault(tx, customerId, draft.type());
            }
            return insert(tx, customerId, draft, isDefault);
        });
    }

    /** Whoever adds addresses to a customer waits here for one another, so that two new defaults do not collide. */
    private static boolean lock(Transaction tx, UUID customerId) {
        return tx.jdbc()
                .sql("""
                        SELECT id FROM customers
                        WHERE tenant_id = :tenant AND id = :customer AND deleted_at IS NULL
                        FOR NO KEY UPDATE
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("customer", customerId)
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    private static void clearDefault(Transaction tx, UUID customerId, String type) {
        tx.jdbc()
                .sql("""
                        UPDATE customer_addresses SET is_default = false, version = version + 1, updated_at = now()
                        WHERE tenant_id = :tenant AND customer_id = :customer AND type = :type AND is_default
                        """)
                .param("tenant", RequestContext.currentTenant())
                .param("customer", customerId)
                .param("type", type)
                .update();
    }

    private static AddressView insert(Transaction tx, UUID customerId, AddressDraft draft, boolean isDefault) {
        return tx.jdbc()
                .sql("""
                        INSERT INTO customer_addresses (tenant_id, id, customer_id, type, is_default, first_name, last_name,
                            company, address_line1, address_line2, city, state, postal_code, country, phone)
                        VALUES (:tenant, :id, :customer, :type, :isDefault, :firstName, :lastName, :company, :addressLine1,
                            :addressLine2, :city, :state, :postalCode, :country, :phone)
                        RETURNING\s""" + COLUMNS)
                .param("tenant", RequestContext.currentTenant())
                .param("id", Ids.next())
                .param("customer", customerId)
                .param("type", draft.type())
                .param("isDefault", isDefault)
                .param("firstName", draft.firstName())
                .param("lastName", draft.lastName())
                .param("company", draft.company())
                .param("addressLine1", draft.addressLine1())
                .param("addressLine2", draft.addressLine2())
                .param("city", draft.city())
                .param("state", draft.state())
                .param("postalCode", draft.postalCode())
                .param("country", draft.country())
                .param("phone", draft.phone())
                .query((row, number) -> view(row))
                .single();
    }

    /** The addresses of the customer after the id, in the order in which they were added, at most that many. */
    List<AddressView> list(UUID customerId, @Nullable UUID after, int limit) {
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("SELECT " + COLUMNS
                        + "FROM customer_addresses WHERE tenant_id = :tenant AND customer_id = :customer"
                        + (after == null ? "" : " AND id > :after") + " ORDER BY id LIMIT :limit")
                .param("tenant", RequestContext.currentTenant())
                .param("customer", customerId)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> view(row))
                .list());
    }

    private static AddressView view(ResultSet row) throws SQLException {
        return new AddressView(
                row.getObject("id", UUID.class),
                row.getString("type"),
                row.getBoolean("is_default"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getString("company"),
                row.getString("address_line1"),
                row.getString("address_line2"),
                row.getString("city"),
                row.getString("state"),
                row.getString("postal_code"),
                row.getString("country"),
                row.getString("phone"),
                row.getLong("version"));
    }
}
