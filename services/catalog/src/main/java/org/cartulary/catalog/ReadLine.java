package org.cartulary.catalog;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a file of products has on a line, or several where a cell goes over more than one. */
sealed interface ReadLine {

    /** The line on which it begins, from 1. */
    long number();

    /**
     * A product, of which nothing is known but that it is written as one.
     *
     * @param content its fields, as JSON
     * @param errors what of it cannot be read, and is left out of the content
     */
    record Written(long number, ObjectNode content, List<LineError> errors) implements ReadLine {}

    /**
     * Something else.
     *
     * @param last whether nothing can be read that follows
     */
    record Unreadable(long number, LineError error, boolean last) implements ReadLine {

        static Unreadable of(long number, String code, String detail) {
            return new Unreadable(number, new LineError(number, "", code, detail), false);
        }

        static Unreadable lastOf(long number, String field, String code, String detail) {
            return new Unreadable(number, new LineError(number, field, code, detail), true);
        }
    }
}
