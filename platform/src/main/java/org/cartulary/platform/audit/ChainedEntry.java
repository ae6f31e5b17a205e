package org.cartulary.platform.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entry of the audit log with all that is hashed of it, as the database holds it. */
record ChainedEntry(
        UUID tenantId,
        long number,
        UUID id,
        Instant recordedAt,
        String principalKind,
        @Nullable UUID principalId,
        String traceId,
        String action,
        String subjectKind,
        UUID subjectId,
        String details,
        Hash previousHash,
        Hash hash) {

    private static final byte[] NULL = {-1, -1, -1, -1};

    static ChainedEntry read(ResultSet row, int number) throws SQLException {
        return new ChainedEntry(
                row.getObject("tenant_id", UUID.class),
                row.getLong("number"),
                row.getObject("id", UUID.class),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getString("principal_kind"),
                row.getObject("principal_id", UUID.class),
                row.getString("trace_id"),
                row.getString("action"),
                row.getString("subject_kind"),
                row.getObject("subject_id", UUID.class),
                row.getString("details"),
                Hash.of(row.getBytes("previous_hash")),
                Hash.of(row.getBytes("hash")));
    }

    /**
     * The hash that the entry has to have: SHA-256 of the hash before it and of each value in its order, with four bytes for its
     * length before it. Reckoned here and not by the database's own function, which whoever alters the table could alter too.
     */
    Hash reckonedHash() {
        MessageDigest digest = sha256();
        digest.update(previousHash.bytes());
        add(digest, bytes(tenantId));
        add(digest, bytes(number));
        add(digest, bytes(id));
        add(digest, bytes(ChronoUnit.MICROS.between(Instant.EPOCH, recordedAt)));
        add(digest, principalKind.getBytes(UTF_8));
        add(digest, principalId == null ? null : bytes(principalId));
        add(digest, traceId.getBytes(UTF_8));
        add(digest, action.getBytes(UTF_8));
        add(digest, subjectKind.getBytes(UTF_8));
        add(digest, bytes(subjectId));
        add(digest, details.getBytes(UTF_8));
        return Hash.of(digest.digest());
    }

    private static void add(MessageDigest digest, byte @Nullable [] value) {
        if (value == null) {
            digest.update(NULL);
        } else {
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
            digest.update(value);
        }
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
