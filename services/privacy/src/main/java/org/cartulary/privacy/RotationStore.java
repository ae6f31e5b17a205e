package org.cartulary.privacy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.platform.database.Transaction;

/** The SQL of rotations. */
final class RotationStore {

    /** A rotation that goes on, of any shop. */
    record Running(UUID tenantId, UUID id, int fromVersion, int toVersion) {}

    void insert(Transaction tx, UUID tenantId, UUID id, int fromVersion, int toVersion, String startedBy) {
        tx.jdbc()
                .sql("""
                        INSERT INTO key_rotations (tenant_id, id, from_version, to_version, started_by)
                        VALUES (:tenantId, :id, :fromVersion, :toVersion, :startedBy)
                        """)
                .param("tenantId", tenantId)
                .param("id", id)
                .param("fromVersion", fromVersion)
                .param("toVersion", toVersion)
                .param("startedBy", startedBy)
                .update();
    }

    Optional<KeyRotation> findRunning(Transaction tx, UUID tenantId) {
        return tx.jdbc()
                .sql("SELECT * FROM key_rotations WHERE tenant_id = :tenantId AND state = 'running'")
                .param("tenantId", tenantId)
                .query((row, number) -> rotation(row))
                .optional();
    }

    Optional<KeyRotation> find(Transaction tx, UUID tenantId, UUID id) {
        return tx.jdbc()
                .sql("SELECT * FROM key_rotations WHERE tenant_id = :tenantId AND id = :id")
                .param("tenantId", tenantId)
                .param("id", id)
                .query((row, number) -> rotation(row))
                .optional();
    }

    /** Those of all shops that are not done. */
    List<Running> running(Transaction tx) {
        return tx.jdbc()
                .sql("""
                        SELECT tenant_id, id, from_version, to_version
                        FROM key_rotations
                        WHERE state = 'running'
                        ORDER BY started_at
                        """)
                .query((row, number) -> new Running(
                        row.getObject("tenant_id", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getInt("from_version"),
                        row.getInt("to_version")))
                .list();
    }

    /** Adds to how many keys were wrapped anew. Another process may have ended the rotation, but not while a key was left. */
    void count(Transaction tx, Running rotation, int rewrapped) {
        int updated = tx.jdbc()
                .sql("""
                        UPDATE key_rotations
                        SET rewrapped = rewrapped + :rewrapped, updated_at = clock_timestamp()
                        WHERE tenant_id = :tenantId AND id = :id AND state = 'running'
                        """)
                .param("rewrapped", rewrapped)
                .param("tenantId", rotation.tenantId())
                .param("id", rotation.id())
                .update();
        if (updated != 1 && rewrapped > 0) {
            throw new IllegalStateException("the rotation " + rotation.id() + " is done, and keys were left");
        }
    }

    /** Ends the rotation, whose old key was destroyed in this transaction. */
    void finish(Transaction tx, Running rotation) {
        int updated = tx.jdbc()
                .sql("""
                        UPDATE key_rotations
                        SET state = 'done', finished_at = clock_timestamp(), updated_at = clock_timestamp()
                        WHERE tenant_id = :tenantId AND id = :id AND state = 'running'
                        """)
                .param("tenantId", rotation.tenantId())
                .param("id", rotation.id())
                .update();
        if (updated != 1) {
            throw new IllegalStateException("the rotation " + rotation.id() + " was done before its key was destroyed");
        }
    }

    private static KeyRotation rotation(ResultSet row) throws SQLException {
        OffsetDateTime finishedAt = row.getObject("finished_at", OffsetDateTime.class);
        return new KeyRotation(
                row.getObject("id", UUID.class),
                row.getInt("from_version"),
                row.getInt("to_version"),
                row.getString("state"),
                row.getLong("rewrapped"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                finishedAt == null ? null : finishedAt.toInstant());
    }
}
