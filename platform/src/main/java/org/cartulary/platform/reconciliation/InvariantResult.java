package org.cartulary.platform.reconciliation;

import java.util.List;

/**
 * What became of one check of a named invariant.
 *
 * @param service the service, or the services, whose records were read
 * @param name a stable name such as {@code stock-equals-movements}
 * @param description the invariant as a sentence
 * @param rowsChecked how many rows were looked at
 * @param breaches how many of them broke it
 * @param examples up to twenty of the rows that break it, each in words with its ids
 */
public record InvariantResult(
        String service, String name, String description, long rowsChecked, long breaches, List<String> examples) {

    /** The most examples that a result lists. */
    public static final int MAX_EXAMPLES = 20;

    public InvariantResult {
        examples = List.copyOf(examples);
    }

    /** Whether no row broke the invariant. */
    public boolean holds() {
        return breaches == 0;
    }
}
