package org.cartulary.checkout;

import java.util.UUID;
import org.cartulary.platform.saga.SagaListener;
import org.jspecify.annotations.Nullable;

/** Keeps a process that died in the middle of a step from going on: a saga takes what a step throws for a fault of it. */
public final class DeadProcess implements SagaListener {

    private static final ThreadLocal<Crash.@Nullable Died> DYING = new ThreadLocal<>();

    /** Ends what this thread runs, at the latest at the next point of its saga. */
    static Crash.Died die() {
        Crash.Died died = new Crash.Died();
        DYING.set(died);
        return died;
    }

    @Override
    public void reached(String sagaType, UUID sagaId, String point) {
        Crash.Died died = DYING.get();
        if (died != null) {
            DYING.remove();
            throw died;
        }
    }
}
