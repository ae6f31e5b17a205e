package org.cartulary.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;
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
            clearDefault(tx, tenantId, customerId, address.type(), id);
        }
        StoredAddress stored = new StoredAddress(
                id, address.type(), address.wantsToBeDefault(), address.country(), sealed.seal(key, id, address), 1);
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
                .query((row, number) -> address(row))
                .list());
        return found.stream().flatMap(address -> sealed.open(address).stream()).toList();
    }

    /** One of the customer's addresses. */
    Optional<AddressView> find(UUID customerId, UUID id) {
        UUID tenantId = RequestContext.currentTenant();
        return database.inReadTransaction(tx -> tx.jdbc()
                        .sql("SELECT * FROM customer_addresses"
                                + " WHERE tenant_id = :tenantId AND customer_id = :customerId AND id = :id")
                        .param("tenantId", tenantId)
                        .param("customerId", customerId)
                        .param("id", id)
                        .query((row, number) -> address(row))
                        .optional())
                .flatMap(sealed::open);
    }

    /**
     * Puts something else in the place of an address; as a default it takes the place of the present one of its type.
     *
     * @throws ProblemException 404 {@code customer-not-found}, {@code address-not-found}; 410 {@code person-erased}; 412 unless the
     *     address has that version
     */
    AddressView change(UUID customerId, UUID id, long version, AddressRequest address) {
        UUID tenantId = RequestContext.currentTenant();
        SealingKey key = sealed.keyOf(customerId);
        StoredAddress changed = new StoredAddress(
                id,
                address.type(),
                address.wantsToBeDefault(),
                address.country(),
                sealed.seal(key, id, address),
                version + 1);
        database.<Boolean>inTransaction(tx -> {
            lock(tx, tenantId, customerId);
            if (address.wantsToBeDefault()) {
                clearDefault(tx, tenantId, customerId, address.type(), id);
            }
            if (!update(tx, tenantId, customerId, version, changed)) {
                throw notThatVersion(tx, tenantId, customerId, id);
            }
            return true;
        });
        return sealed.open(changed).orElseThrow(CustomersController::unknown);
    }

    /**
     * Takes an address away. Where it was the default, there is none of its type.
     *
     * @throws ProblemException 404 {@code customer-not-found}, {@code address-not-found}; 412 unless the address has that version
     */
    void delete(UUID customerId, UUID id, long version) {
        UUID tenantId = RequestContext.currentTenant();
        database.<Boolean>inTransaction(tx -> {
            lock(tx, tenantId, customerId);
            int deleted = tx.jdbc()
                    .sql("DELETE FROM customer_addresses WHERE tenant_id = :tenantId AND customer_id = :customerId"
                            + " AND id = :id AND version = :version")
                    .param("tenantId", tenantId)
                    .param("customerId", customerId)
                    .param("id", id)
                    .param("version", version)
                    .update();
            if (deleted == 0) {
                throw notThatVersion(tx, tenantId, customerId, id);
            }
            return true;
        });
    }

    /** The customer's row is the lock of its addresses. */
    private static void lock(Transaction tx, UUID tenantId, UUID customerId) {
        if (!touch(tx, tenantId, customerId)) {
            throw CustomersController.unknown();
        }
    }

    private static ProblemException notThatVersion(Transaction tx, UUID tenantId, UUID customerId, UUID id) {
        boolean exists = tx.jdbc()
                .sql("SELECT EXISTS (SELECT FROM customer_addresses"
                        + " WHERE tenant_id = :tenantId AND customer_id = :customerId AND id = :id)")
                .param("tenantId", tenantId)
                .param("customerId", customerId)
                .param("id", id)
                .query(Boolean.class)
                .single();
        return exists ? ETags.stale() : unknownAddress();
    }

    static ProblemException unknownAddress() {
        return ProblemException.notFound("address-not-found", "the customer has saved no such address");
    }

    private static StoredAddress address(ResultSet row) throws SQLException {
        return new StoredAddress(
                row.getObject("id", UUID.class),
                row.getString("type"),
                row.getBoolean("is_default"),
                row.getString("country"),
                row.getString("address_sealed"),
                row.getLong("version"));
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

    /** The default of the type is none any more, unless it is this address. */
    private static void clearDefault(Transaction tx, UUID tenantId, UUID customerId, String type, UUID exceptFor) {
        tx.jdbc()
                .sql("""
                        UPDATE customer_addresses
                        SET is_default = false, version = version + 1, updated_at = now()
                        WHERE tenant_id = :tenantId AND customer_id = :customerId AND type = :type AND is_default AND id <> :exceptFor
                        """)
                .param("exceptFor", exceptFor)
                .param("tenantId", tenantId)
                .param("customerId", customerId)
                .param("type", type)
                .update();
    }

    private static boolean update(Transaction tx, UUID tenantId, UUID customerId, long version, StoredAddress address) {
        return tx.jdbc()
                        .sql("""
                                UPDATE customer_addresses
                                SET type = :type, country = :country, is_default = :isDefault, address_sealed = :addressSealed,
                                    version = version + 1, updated_at = now()
                                WHERE tenant_id = :tenantId AND customer_id = :customerId AND id = :id AND version = :version
                                """)
                        .param("tenantId", tenantId)
                        .param("customerId", customerId)
                        .param("id", address.id())
                        .param("version", version)
                        .param("type", address.type())
                        .param("country", address.country())
                        .param("isDefault", address.isDefault())
                        .param("addressSealed", address.addressSealed())
                        .update()
                == 1;
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
