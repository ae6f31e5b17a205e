package org.cartulary.customer;

import java.time.Instant;
import java.util.UUID;

/** A customer in a group. */
record GroupMember(UUID customerId, Instant addedAt) {}
