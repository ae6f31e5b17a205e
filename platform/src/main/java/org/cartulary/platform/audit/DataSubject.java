package org.cartulary.platform.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose personal data something is.
 *
 * @param tenantId the shop where the context does not name one, else {@code null}
 * @param kind what holds the data, such as {@code customer} or {@code order}
 * @param id that customer or order
 * @param personId the account of the person, {@code null} for guests and where it is not known
 */
public record DataSubject(
        @Nullable UUID tenantId,
        String kind,
        UUID id,
        @Nullable UUID personId) {

    /** Something of the shop that the context names. */
    public static DataSubject of(String kind, UUID id, @Nullable UUID personId) {
        return new DataSubject(null, kind, id, personId);
    }
}
