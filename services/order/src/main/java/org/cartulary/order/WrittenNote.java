package org.cartulary.order;

import java.time.Instant;
import java.util.UUID;

/** A note that was written. Nothing of it leads to a person, since it is kept under idempotency keys. */
record WrittenNote(UUID orderId, UUID noteId, Instant createdAt) {}
