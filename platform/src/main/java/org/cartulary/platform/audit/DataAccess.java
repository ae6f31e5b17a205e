package org.cartulary.platform.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody read the personal data of somebody else.
 *
 * @param service in whose database it was written down
 * @param principalKind what kind of caller read it
 * @param principalId the member of staff or API key; zeros for the operator, {@code null} for the platform itself
 * @param permission that the endpoint asked for, {@code null} where it asked for none
 * @param subjectKind what was shown, such as customer or order
 * @param subjectId that customer or order
 * @param personId the customer whose it is, {@code null} for guests and where it is not known
 * @param endpoint method and path pattern
 * @param categories which kinds of personal data were shown
 * @param reason why, {@code null} where the caller did not say
 */
public record DataAccess(
        String service,
        UUID id,
        Instant accessedAt,
        String principalKind,
        @Nullable UUID principalId,
        @Nullable String permission,
        String subjectKind,
        UUID subjectId,
        @Nullable UUID personId,
        String endpoint,
        List<String> categories,
        @Nullable String reason,
        String traceId) {

    public DataAccess {
        categories = List.copyOf(categories);
    }
}
