package org.cartulary.platform.operations;

import java.util.Locale;

/** What sort of work can be stuck. */
public enum StuckKind {
    /** A saga that failed, was suspended, or is not at its end after five minutes. */
    SAGA,
    /** An event whose delivery failed, or that was given up. */
    EVENT;

    /** The name in addresses, on the command line and in tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
