package org.cartulary.customer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.database.Transaction;
import org.cartulary.platform.idempotency.Idempotency;
import org.jspecify.annotations.Nullable;

/** The SQL of erasures, and that which forgets a customer here. */
final class ErasureStore {

    /** A customer of whom nothing may be left. */
    record Erased(UUID tenantId, UUID id, EraseCustomer erasure, Instant completedAt) {}

    /** Whether this is the customer's first erasure. */
    boolean insert(Transaction tx, UUID tenantId, UUID id, EraseCustomer erasure) {
        return tx.jdbc()
                        .sql("""
                                INSERT INTO erasures (tenant_id, id, customer_id, guest_subject_id, requested_by, reason)
                                VALUES (:tenantId, :id, :customerId, :guestSubjectId, :by, :reason)
                                ON CONFLICT (tenant_id, customer_id) DO NOTHING
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

    /** Forgets who the customer was; answers how many rows that changed. */
    int forget(Transaction tx, UUID tenantId, UUID customerId) {
        int customers = tx.jdbc()
                .sql("""
                        UPDATE customers
                        SET person_sealed = NULL, email_index = NULL, country = NULL,
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
        return customers + addresses + Idempotency.forget(tx, Principal.Kind.CUSTOMER, customerId);
    }

    void complete(Transaction tx, UUID tenantId, UUID id) {
        tx.jdbc().sql("""
                        UPDATE erasures
                        SET status = 'COMPLETED', completed_at = clock_timestamp()
                        WHERE tenant_id = :tenantId AND id = :id AND status = 'PENDING'
                        """).param("tenantId", tenantId).param("id", id).update();
    }

    /** Erasures of all shops that are completed, those after the given one. */
    List<Erased> completed(Transaction tx, @Nullable Erased after, int limit) {
        return tx.jdbc()
                .sql("""
                        SELECT *
                        FROM erasures
                        WHERE status = 'COMPLETED' AND (tenant_id, id) > (:tenantId, :id)
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
                                row.getObject("guest_subject_id", UUID.class),
                                row.getString("requested_by"),
                                row.getString("reason")),
                        row.getObject("completed_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static ErasureView view(ResultSet row) throws SQLException {
        OffsetDateTime completedAt = row.getObject("completed_at", OffsetDateTime.class);
        return new ErasureView(
                row.getObject("id", UUID.class),
                row.getObject("customer_id", UUID.class),
                row.getString("status"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                completedAt == null ? null : completedAt.toInstant());
    }
}
