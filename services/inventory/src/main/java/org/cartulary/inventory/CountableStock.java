package org.cartulary.inventory;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.cartulary.platform.http.ProblemException;
import org.springframework.dao.DataIntegrityViolationException;

/** The most units of a product that a warehouse can have: the database counts them, and refuses one more. */
final class CountableStock {

    /** numeric_value_out_of_range. */
    private static final String OUT_OF_RANGE = "22003";

    private CountableStock() {}

    /**
     * Makes a change that adds units.
     *
     * @throws ProblemException 422 {@code stock-too-great} if there would be more than can be counted; nothing is changed
     */
    static <T> T within(Supplier<T> change) {
        try {
            return change.get();
        } catch (DataIntegrityViolationException e) {
            if (e.getMostSpecificCause() instanceof SQLException cause && OUT_OF_RANGE.equals(cause.getSQLState())) {
                throw ProblemException.unprocessable(
                        "stock-too-great", "a product has at most " + Integer.MAX_VALUE + " units in a warehouse");
            }
            throw e;
        }
    }
}
