package org.cartulary.customer;

/** What became of an address to save. */
sealed interface AddAddressResult {

    /** It is saved. */
    record Added(StoredAddress address) implements AddAddressResult {}

    /** There is no such customer. */
    record UnknownCustomer() implements AddAddressResult {}

    /** The customer has as many addresses as one may have. */
    record TooMany() implements AddAddressResult {}
}
