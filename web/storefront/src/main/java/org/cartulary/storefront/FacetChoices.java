package org.cartulary.storefront;

import java.util.ArrayList;
import java.util.List;

/**
 * What a list can be narrowed to in one respect: what was chosen and what is found most stands first, the rest behind a click.
 * Immutable.
 *
 * @param first shown at once
 * @param rest shown if it is asked for
 */
record FacetChoices(List<Choice> first, List<Choice> rest) {

    private static final int SHOWN_AT_ONCE = 8;

    /**
     * One of them.
     *
     * @param value as the filter names it
     * @param label as people read it
     * @param count how many products have it
     * @param chosen whether the list is narrowed to it now
     */
    record Choice(String value, String label, long count, boolean chosen) {}

    /** Of choices in the order in which the API tells them. */
    static FacetChoices of(List<Choice> choices) {
        List<Choice> first = new ArrayList<>();
        List<Choice> rest = new ArrayList<>();
        for (Choice choice : choices) {
            (first.size() < SHOWN_AT_ONCE || choice.chosen() ? first : rest).add(choice);
        }
        return rest.size() == 1 ? new FacetChoices(choices, List.of()) : new FacetChoices(first, rest);
    }
}
