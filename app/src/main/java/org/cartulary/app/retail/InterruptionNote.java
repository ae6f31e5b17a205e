package org.cartulary.app.retail;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Says how far a replay was when Ctrl-C ends it: nothing is lost by that, which is good to know. Until it is closed. */
final class InterruptionNote implements AutoCloseable {

    private final PrintWriter out;
    private final LongSupplier placed;
    private final int all;
    private final Thread hook = new Thread(this::print, "interruption");

    /** To be kept open while orders are placed. */
    InterruptionNote(PrintWriter out, LongSupplier placed, int all) {
        this.out = out;
        this.placed = placed;
        this.all = all;
    }

    /** From now on. */
    InterruptionNote open() {
        Runtime.getRuntime().addShutdownHook(hook);
        return this;
    }

    /** On a line of its own, since a progress bar may stand on this one. */
    void print() {
        out.printf(Locale.ROOT, "%n%,d of %,d orders placed; start it again to go on.%n", placed.getAsLong(), all);
        out.flush();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The Java machine ends already, and the note is on its way.
        }
    }
}
