package org.cartulary.contracts.customer;

import java.util.UUID;

/** Asks in which groups a customer is. */
public record FindCustomerGroups(UUID customerId) {}
