package org.cartulary.catalog;

import java.util.concurrent.atomic.AtomicReference;
import org.cartulary.platform.database.WorkListener;
import org.jspecify.annotations.Nullable;

/** Ends work at a point of it, as if its process were killed: an error passes everything that would tidy up. */
public final class KilledWork implements WorkListener {

    private static final AtomicReference<@Nullable String> POINT = new AtomicReference<>();

    /** Says that the work has ended. */
    static final class Killed extends Error {
        @java.io.Serial
        private static final long serialVersionUID = 1L;
    }

    /** The next work that reaches the point ends there. */
    static void killAt(String point) {
        POINT.set(point);
    }

    /** Whether nobody came to the point, which is none any more. */
    static boolean wasNotReached() {
        return POINT.getAndSet(null) != null;
    }

    @Override
    public void reached(String work, String subject, String point) {
        if (work.equals("import") && point.equals(POINT.get())) {
            POINT.set(null);
            throw new Killed();
        }
    }
}
