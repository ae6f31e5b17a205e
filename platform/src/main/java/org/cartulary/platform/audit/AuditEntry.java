package org.cartulary.platform.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A critical operation as it was written down.
 *
 * @param service in whose database
 * @param number its place in the chain of that service and tenant
 * @param principalKind what kind of caller did it
 * @param principalId who did it; zeros for the operator, {@code null} for the platform itself
 * @param details what else has to be known: texts and lists of texts
 * @param hash SHA-256 in lower-case hexadecimal
 */
public record AuditEntry(
        String service,
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
        @NotPersonal("ids, codes and numbers") Map<String, Object> details,
        String hash) {

    private static final TypeReference<Map<String, Object>> DETAILS = new TypeReference<>() {};

    public AuditEntry {
        details = Map.copyOf(details);
    }

    static AuditEntry read(String service, ResultSet row, JsonMapper json) throws SQLException {
        return new AuditEntry(
                service,
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
                json.readValue(row.getString("details"), DETAILS),
                HexFormat.of().formatHex(row.getBytes("hash")));
    }
}
