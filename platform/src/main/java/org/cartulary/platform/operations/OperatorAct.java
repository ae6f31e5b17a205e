package org.cartulary.platform.operations;

import java.util.Locale;

/** What an operator can do about stuck work. */
public enum OperatorAct {
    /** Have it tried again at once, with its failures forgotten. */
    RETRY,
    /** Have a saga undone: its current step, of which nobody knows whether it was done, and all before it. */
    COMPENSATE,
    /** Treat a saga's current step as done, or as undone where it is being undone; drop a dead event. */
    SKIP;

    /** The name on the command line and in tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
