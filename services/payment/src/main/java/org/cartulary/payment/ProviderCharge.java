package org.cartulary.payment;

/**
 * A charge in a provider's books.
 *
 * @param reference what the provider calls it
 */
record ProviderCharge(String reference, State state) {

    /** What became of a charge. */
    enum State {
        AUTHORIZED,
        DECLINED,
        CAPTURED,
        VOIDED
    }
}
