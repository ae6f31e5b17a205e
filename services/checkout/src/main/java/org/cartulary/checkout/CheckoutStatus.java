package org.cartulary.checkout;

/** How far a checkout is. */
enum CheckoutStatus {
    /** It can be changed and completed. */
    OPEN,
    /** A saga places its order. */
    COMPLETING,
    /** Its order is confirmed. */
    COMPLETED,
    /** Its time is over. */
    EXPIRED
}
