package org.cartulary.customer;

import java.time.Instant;
import java.util.UUID;

/** A group that a customer is in. */
record GroupMembership(UUID groupId, String name, Instant addedAt) {}
