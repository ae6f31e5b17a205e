package org.cartulary.inventory;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.cartulary.platform.http.ProblemException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

/** Whether a warehouse takes units: the database asks, in the transaction that brings them. */
final class ActiveWarehouse {

    /** What {@code require_active_warehouse} raises. */
    private static final String NOT_ACTIVE = "CRT02";

    private ActiveWarehouse() {}

    /**
     * Makes a change that may bring units into a warehouse.
     *
     * @throws ProblemException 409 {@code warehouse-inactive} if it takes none; nothing is changed
     */
    static <T> T required(Supplier<T> change) {
        try {
            return change.get();
        } catch (DataAccessException e) {
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException cause
                    && NOT_ACTIVE.equals(cause.getSQLState())) {
                throw inactive();
            }
            throw e;
        }
    }

    static ProblemException inactive() {
        return ProblemException.conflict("warehouse-inactive", "this warehouse takes no units: it is not active");
    }
}
