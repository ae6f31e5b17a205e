package org.cartulary.contracts.customer;

import java.util.UUID;

/** Asks for a customer by id. */
public record FindCustomer(UUID id) {}
