package org.cartulary.platform.privacy;

import java.util.List;
import java.util.UUID;

/**
 * Asks for keys of the current tenant by their ids.
 *
 * @param keyIds 1 to 1,000
 */
public record FindSubjectKeys(List<UUID> keyIds) {

    public FindSubjectKeys {
        keyIds = List.copyOf(keyIds);
        if (keyIds.isEmpty() || keyIds.size() > ObtainSubjectKeys.MAX_SUBJECTS) {
            throw new IllegalArgumentException("a call names 1 to " + ObtainSubjectKeys.MAX_SUBJECTS + " keys");
        }
    }
}
