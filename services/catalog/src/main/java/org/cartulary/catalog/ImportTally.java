package org.cartulary.catalog;

import java.util.List;
import java.util.UUID;

/**
 * What became of the lines of a batch.
 *
 * @param products those that were changed
 * @param errors of the lines that failed, which have at least one each
 */
record ImportTally(
        long created, long changed, long unchanged, long failed, List<UUID> products, List<LineError> errors) {

    /** How many lines they are. */
    long lines() {
        return created + changed + unchanged + failed;
    }
}
