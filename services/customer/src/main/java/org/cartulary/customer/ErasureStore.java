package org.cartulary.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.database.Sql;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Idempotency;
import org.jspecify.annotations.Nullable;

/** The SQL of erasures, and that which forgets a customer here. Thread-safe. */
final class ErasureStore {

    /** Somebody whose keys are destroyed. */
    record Erased(UUID tenantId, UUID id, EraseCustomer erasure, Instant keysDestroyedAt) {}

    /** Whether this is the customer's first erasure, or the only one of the guest that is under way. */
    boolean insert(Transaction tx, UUID tenantId, UUID id, EraseCustomer erasure) {
        return tx.jdbc()
                        .sql("""
                                INSERT INTO erasures (tenant_id, id, customer_id, guest_subject_id, requested_by, reason)
                                VALUES (:tenantId, :id, :customerId, :guestSubjectId, :by, :reason)
                                ON CONFLICT DO NOTHING
                                """)
                        .param("tenantId", tenantId)
                        .param("id", id)
                        .param("customerId", erasure.customerId())
                        .param("guestSubjectId", erasure.guestSubjectId())
                        .param("by", erasure.by())
                        .param("reason", erasure.reason())
                        .update()
                == 1;
    }

    Optional<ErasureView> ofCustomer(Transaction tx, UUID tenantId, UUID customerId) {
        return tx.jdbc()
                .sql("SELECT * FROM erasures WHERE tenant_id = :tenantId AND customer_id = :customerId")
                .param("tenantId", tenantId)
                .param("customerId", customerId)
                .query((row, number) -> view(row))
                .optional();
    }

    /** The erasure with this id. */
    Optional<ErasureView> find(Transaction tx, UUID tenantId, UUID id) {
        return tx.jdbc()
                .sql("SELECT * FROM erasures WHERE tenant_id = :tenantId AND id = :id")
                .param("tenantId", tenantId)
                .param("id", id)
                .query((row, number) -> view(row))
                .optional();
    }

    /** All erasures of a guest, the latest first. */
    List<ErasureView> ofGuest(Transaction tx, UUID tenantId, UUID guestSubjectId) {
        return tx.jdbc()
                .sql("""
                        SELECT *
                        FROM erasures
                        WHERE tenant_id = :tenantId AND customer_id IS NULL AND guest_subject_id = :guestSubjectId
                        ORDER BY requested_at DESC, id DESC
                        """)
                .param("tenantId", tenantId)
                .param("guestSubjectId", guestSubjectId)
                .query((row, number) -> view(row))
                .list();
    }

    /** When the keys were destroyed; empty before. */
    Optional<Instant> keysDestroyedAt(Transaction tx, UUID tenantId, UUID id) {
        return tx.jdbc()
                .sql("SELECT keys_destroyed_at FROM erasures WHERE tenant_id = :tenantId AND id = :id"
                        + " AND keys_destroyed_at IS NOT NULL")
                .param("tenantId", tenantId)
                .param("id", id)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /** Notes up to when keys were destroyed, unless that is noted already, and whether that of the guest was kept. */
    Instant noteDestruction(Transaction tx, UUID tenantId, UUID id, Instant at, boolean guestKeyKept) {
        return tx.jdbc()
                .sql("""
                        UPDATE erasures
                        SET keys_destroyed_at = coalesce(keys_destroyed_at, :at),
                            guest_key_kept = guest_key_kept OR :guestKeyKept
                        WHERE tenant_id = :tenantId AND id = :id
                        RETURNING keys_destroyed_at
                        """)
                .param("at", Sql.timestamp(at))
                .param("guestKeyKept", guestKeyKept)
                .param("tenantId", tenantId)
                .param("id", id)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** Forgets who the customer was; answers how many rows that changed. */
    int forget(Transaction tx, UUID tenantId, UUID customerId) {
        int customers = tx.jdbc()
                .sql("""
                        UPDATE customers
                        SET person_sealed = NULL, email_index = NULL, country = NULL,
                            -- The shop may have numbered people by their names.
                            customer_number = 'erased-' || id,
                            erased_at = now(), deleted_at = coalesce(deleted_at, now()), version = version + 1,
                            updated_at = now()
                        WHERE tenant_id = :tenantId AND id = :customerId AND erased_at IS NULL
                        """)
                .param("tenantId", tenantId)
                .param("customerId", customerId)
                .update();
        int addresses = tx.jdbc()
                .sql("DELETE FROM customer_addresses WHERE tenant_id = :tenantId AND customer_id = :customerId")
                .param("tenantId", tenantId)
                .param("customerId", customerId)
                .update();
        int groups = tx.jdbc()
                .sql("DELETE FROM customer_group_members WHERE tenant_id = :tenantId AND customer_id = :customerId")
                .param("tenantId", tenantId)
                .param("customerId", customerId)
                .update();
        return customers + addresses + groups + Idempotency.forget(tx, Principal.Kind.CUSTOMER, customerId);
    }

    void complete(Transaction tx, UUID tenantId, UUID id) {
        int updated =
                tx.jdbc().sql("""
                        UPDATE erasures
                        SET status = 'COMPLETED', completed_at = clock_timestamp()
                        WHERE tenant_id = :tenantId AND id = :id AND status = 'PENDING'
                        """).param("tenantId", tenantId).param("id", id).update();
        if (updated != 1) {
            throw new IllegalStateException("the erasure " + id + " was completed before its end, or is not there");
        }
    }

    /**
     * Erasures of all shops whose keys are destroyed, those after the given one; what else is left to do of them does not matter. A
     * version that does not know the moment of the destruction completes right after it.
     */
    List<Erased> destroyed(Transaction tx, @Nullable Erased after, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT *, coalesce(keys_destroyed_at, completed_at) AS destroyed_at
                        FROM erasures
                        WHERE coalesce(keys_destroyed_at, completed_at) IS NOT NULL AND (tenant_id, id) > (:tenantId, :id)
                          AND (customer_id IS NOT NULL OR NOT guest_key_kept)
                        ORDER BY tenant_id, id
                        LIMIT :limit
                        """)
                .param("tenantId", after == null ? new UUID(0, 0) : after.tenantId())
                .param("id", after == null ? new UUID(0, 0) : after.id())
                .param("limit", limit)
                .query((row, number) -> new Erased(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("id", UUID.class),
                        new EraseCustomer(
                                row.getObject("customer_id", UUID.class),
                                row.getBoolean("guest_key_kept") ? null : row.getObject("guest_subject_id", UUID.class),
                                List.of(),
                                List.of(),
                                null,
                                row.getString("requested_by"),
                                row.getString("reason")),
                        row.getObject("destroyed_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static ErasureView view(ResultSet row) throws SQLException {
        OffsetDateTime completedAt = row.getObject("completed_at", OffsetDateTime.class);
        return new ErasureView(
                row.getObject("id", UUID.class),
                row.getObject("customer_id", UUID.class),
                row.getString("status"),
                row.getBoolean("guest_key_kept"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                completedAt == null ? null : completedAt.toInstant());
    }
}
