package org.cartulary.checkout;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Has the process die, once, at a named point. */
final class Crash {

    /** What the end of the process looks like, see {@link DeadProcess}. */
    static final class Died extends Error {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    private volatile @Nullable String point;

    /** Dies when this point is reached, such as {@code before order.create}. */
    void at(String where) {
        point = where;
    }

    void reach(String where) {
        if (where.equals(point)) {
            point = null;
            throw DeadProcess.die();
        }
    }

    boolean isPending() {
        return point != null;
    }
}
