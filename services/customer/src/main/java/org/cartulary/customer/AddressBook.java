package org.cartulary.customer;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.privacy.SealingKey;
import org.jspecify.annotations.Nullable;

/** The addresses of customers. Thread-safe. */
final class AddressBook {

    static final int MAX_ADDRESSES = 50;

    private final Database database;
    private final SealingCustomers sealed;

    AddressBook(Database database, SealingCustomers sealed) {
        this.database = database;
        this.sealed = sealed;
    }

    /**
     * Saves the address; as a default it takes the place of the present one of its type.
     *
     * @param key the customer's
     */
    AddAddressResult add(Transaction tx, UUID customerId, AddressRequest address, SealingKey key) {
        UUID tenantId = RequestContext.currentTenant();
        UUID id = Ids.next();
        // The customer's row is the lock of its addresses: two new defaults follow each other.
        if (!touch(tx, tenantId, customerId)) {
            return new AddAddressResult.UnknownCustomer();
        }
        if (address.wantsToBeDefault()) {
            clearDefault(tx, tenantId, customerId, address.type());
        }
        StoredAddress stored = new StoredAddress(
                id, address.type(), address.wantsToBeDefault(), address.country(), sealed.seal(key, id, address));
        return insert(tx, tenantId, customerId, stored)
                ? new AddAddressResult.Added(stored)
                : new AddAddressResult.TooMany();
    }

    /** The addresses in the order in which they were saved, those after the given one. */
    List<AddressView> list(UUID customerId, @Nullable UUID after, int limit) {
        UUID tenantId = RequestContext.currentTenant();
        List<StoredAddress> found = database.inReadTransaction(tx -> tx.jdbc()
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
                .query((row, number) -> new StoredAddress(
                        row.getObject("id", UUID.class),
                        row.getString("type"),
                        row.getBoolean("is_default"),
                        row.getString("country"),
                        row.getString("address_sealed")))
                .list());
        return found.stream().flatMap(address -> sealed.open(address).stream()).toList();
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

    private static boolean insert(Transaction tx, UUID tenantId, UUID customerId, StoredAddress address) {
        return tx.jdbc()
                        .sql("""
                                INSERT INTO customer_addresses (tenant_id, id, customer_id, type, country, is_default,
                                                                address_sealed)
                                SELECT :tenantId, :id, :customerId, :type, :country, :isDefault, :addressSealed
                                WHERE (SELECT count(*)
                                       FROM customer_addresses
                                       WHERE tenant_id = :tenantId AND customer_id = :customerId) < :maxAddresses
                                """)
                        .param("tenantId", tenantId)
                        .param("id", address.id())
                        .param("customerId", customerId)
                        .param("type", address.type())
                        .param("country", address.country())
                        .param("isDefault", address.isDefault())
                        .param("addressSealed", address.addressSealed())
                        .param("maxAddresses", MAX_ADDRESSES)
                        .update()
                == 1;
    }
}
