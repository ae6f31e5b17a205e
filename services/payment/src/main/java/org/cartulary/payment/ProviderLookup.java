package org.cartulary.payment;

/** What a provider's books say of a charge. */
sealed interface ProviderLookup {

    /** The provider has heard of it. */
    record Found(ProviderCharge charge) implements ProviderLookup {}

    /** The provider has not heard of it, or keeps no books. */
    record NotFound() implements ProviderLookup {}

    /** The provider does not say. */
    record Unknown(String detail) implements ProviderLookup {}
}
