package org.cartulary.platform.audit;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks who read what is kept on somebody, however long ago.
 *
 * @param personId the customer, {@code null} for a guest
 * @param subjectIds the orders, checkouts and the like that are theirs
 */
public record FindAccessesToPerson(UUID tenantId, @Nullable UUID personId, List<UUID> subjectIds) {

    public FindAccessesToPerson {
        subjectIds = List.copyOf(subjectIds);
    }
}
