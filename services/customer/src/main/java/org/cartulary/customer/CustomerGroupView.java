package org.cartulary.customer;

import java.time.Instant;
import java.util.UUID;

/**
 * A group of customers.
 *
 * @param members how many customers are in it
 */
record CustomerGroupView(UUID id, String name, long members, Instant createdAt, Instant updatedAt, long version) {}
