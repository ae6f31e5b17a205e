package org.cartulary.platform.saga;

/** The two ways in which a saga ends. */
public enum SagaEndStatus {
    /** Every step was done. */
    COMPLETED,
    /** A step was refused, and all steps before it were undone. */
    COMPENSATED
}
