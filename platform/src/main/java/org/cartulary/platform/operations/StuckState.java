package org.cartulary.platform.operations;

/** How stuck work stands. */
public enum StuckState {
    /** A saga that was set aside: nobody tries it again until an operator decides. */
    FAILED,
    /** A saga whose step failed, or that waits to be taken up: it is tried again by itself. */
    SUSPENDED,
    /** A saga that a node runs at this moment. */
    RUNNING,
    /** A saga whose node died: it is taken up within seconds. */
    ABANDONED,
    /** An event whose delivery failed: it is tried again by itself. */
    FAILING,
    /** An event that was given up: it, and those of its aggregate behind it, wait for an operator. */
    DEAD
}
