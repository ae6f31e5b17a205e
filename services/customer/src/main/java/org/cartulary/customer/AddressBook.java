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
final class AddressBook {

    static final int MAX_ADDRESSES = 50;

    private final Database database;

    AddressBook(Database database) {
        this.database = database;
    }

    /** Saves the address; as a default it takes the place of the present one of its type. */
    static AddAddressResult add(Transaction tx, UUID customerId, AddressRequest address) {
        UUID tenantId = RequestContext.currentTenant();
        UUID id = Ids.next();
        // The customer's row is the lock of its addresses: two new defaults follow each other.
        if (!touch(tx, tenantId, customerId)) {
            return new AddAddressResult.UnknownCustomer();
        }
        if (address.wantsToBeDefault()) {
            clearDefault(tx, tenantId, customerId, address.type());
        }
        return insert(tx, tenantId, id, customerId, address)
                ? new AddAddressResult.Added(find(tx, tenantId, id))
                : new AddAddressResult.TooMany();
    }

    /** The addresses in the order in which they were saved, those after the given one. */
    List<AddressView> list(UUID customerId, @Nullable UUID after, int limit) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> tx.jdbc()
                .sql("""
                        SELECT *
                        FROM customer_addresses
                        WHERE tenant_id = :tenantId AND customer_id = :customerId
                          AND id > coalesce(cast(:after AS uuid), '00000000-0000-0000-0000-000000000000')
                        ORDER BY id
                        LIMIT :limit
                        """)
                .param("tenantId", tenantId)
                .param("customerId", customerId)
                .param("after", after)
                .param("limit", limit)
                .query(AddressBook::address)
                .list());
    }

    private static boolean touch(Transaction tx, UUID tenantId, UUID customerId) {
        return tx.jdbc()
                        .sql("""
                                UPDATE customers
                                SET version = version + 1, updated_at = now()
                                WHERE tenant_id = :tenantId AND id = :id AND deleted_at IS NULL
                                """)
                        .param("tenantId", tenantId)
                        .param("id", customerId)
                        .update()
                == 1;
    }

    private static void clearDefault(Transaction tx, UUID tenantId, UUID customerId, String type) {
        tx.jdbc()
                .sql("""
                        UPDATE customer_addresses
                        SET is_default = false, updated_at = now()
                        WHERE tenant_id = :tenantId AND customer_id = :customerId AND type = :type AND is_default
                        """)
                .param("tenantId", tenantId)
                .param("customerId", customerId)
                .param("type", type)
                .update();
    }

    private static boolean insert(Transaction tx, UUID tenantId, UUID id, UUID customerId, AddressRequest address) {
        return tx.jdbc()
                        .sql("""
                                INSERT INTO customer_addresses (tenant_id, id, customer_id, type, first_name, last_name, company,
                                                                address_line1, address_line2, city, state, postal_code,
                                                                country, phone, is_default)
                                SELECT :tenantId, :id, :customerId, :type, :firstName, :lastName, :company,
                                       :addressLine1, :addressLine2, :city, :state, :postalCode, :country, :phone, :isDefault
                                WHERE (SELECT count(*)
                                       FROM customer_addresses
                                       WHERE tenant_id = :tenantId AND customer_id = :customerId) < :maxAddresses
                                """)
                        .param("tenantId", tenantId)
                        .param("id", id)
                        .param("customerId", customerId)
                        .param("type", address.type())
                        .param("firstName", address.firstName())
                        .param("lastName", address.lastName())
                        .param("company", address.company())
                        .param("addressLine1", address.addressLine1())
                        .param("addressLine2", address.addressLine2())
                        .param("city", address.city())
                        .param("state", address.state())
                        .param("postalCode", address.postalCode())
                        .param("country", address.country())
                        .param("phone", address.phone())
                        .param("isDefault", address.wantsToBeDefault())
                        .param("maxAddresses", MAX_ADDRESSES)
                        .update()
                == 1;
    }

    private static AddressView find(Transaction tx, UUID tenantId, UUID id) {
        return tx.jdbc()
                .sql("SELECT * FROM customer_addresses WHERE tenant_id = :tenantId AND id = :id")
                .param("tenantId", tenantId)
                .param("id", id)
                .query(AddressBook::address)
                .single();
    }

    private static AddressView address(ResultSet row, int number) throws SQLException {
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
                row.getString("phone"));
    }
}
