package org.cartulary.platform.remote;

/** How long a call of a contract may take before whoever waits for it gives up. */
public enum CallLength {
    /** A few statements: the rule. */
    SHORT,
    /** Somebody outside is asked meanwhile, such as a payment provider. */
    PROVIDER,
    /** Whole tables are read. */
    LONG
}
