package org.cartulary.order;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Has the process die, or a service fail, once, at a named point such as {@code after payment.cancel}. */
final class Crash {

    /** What the end of the process looks like, see {@link DeadProcess}. */
    static final class Died extends Error {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    private volatile @Nullable String deadly;
    private volatile @Nullable String failing;

    /** Dies when this point is reached. */
    void at(String point) {
        deadly = point;
    }

    /** Answers with a fault when this point is reached, after which nobody knows what happened. */
    void failAt(String point) {
        failing = point;
    }

    void reach(String point) {
        if (point.equals(deadly)) {
            deadly = null;
            throw DeadProcess.die();
        }
        if (point.equals(failing)) {
            failing = null;
            throw new IllegalStateException("the connection broke " + point);
        }
    }
}
