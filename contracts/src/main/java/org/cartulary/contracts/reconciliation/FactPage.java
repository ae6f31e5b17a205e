package org.cartulary.contracts.reconciliation;

import java.util.List;

/**
 * A page of facts in the order of tenant and order id, or whatever else they are of (compared as PostgreSQL compares uuids: by unsigned bytes).
 *
 * @param facts the facts; fewer than asked for when there are no more
 */
public record FactPage<T>(List<T> facts) {

    public FactPage {
        facts = List.copyOf(facts);
    }
}
