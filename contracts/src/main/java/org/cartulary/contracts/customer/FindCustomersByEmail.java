package org.cartulary.contracts.customer;

/**
 * Asks whose e-mail address it is.
 *
 * @param emailIndex the blind index of the address in the current tenant, so that the address itself does not travel
 */
public record FindCustomersByEmail(String emailIndex) {}
