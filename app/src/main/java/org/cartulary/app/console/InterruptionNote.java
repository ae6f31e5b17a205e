package org.cartulary.app.console;

import java.io.PrintWriter;
import java.util.function.Supplier;

/** Says how far a command was when Ctrl-C ends it: nothing is lost by that, which is good to know. Until it is closed. */
public final class InterruptionNote implements AutoCloseable {

    private final PrintWriter out;
    private final Supplier<String> words;
    private final Thread hook = new Thread(this::print, "interruption");

    /** To be kept open while the command works; the words are asked for when it ends. */
    public InterruptionNote(PrintWriter out, Supplier<String> words) {
        this.out = out;
        this.words = words;
    }

    /** From now on. */
    public InterruptionNote open() {
        Runtime.getRuntime().addShutdownHook(hook);
        return this;
    }

    /** On a line of its own, since a progress bar may stand on this one. */
    void print() {
        out.printf("%n%s%n", words.get());
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
