package org.cartulary.inventory;

import java.time.Instant;
import java.util.UUID;

/** A supplier as staff sees it. */
record SupplierView(UUID id, String name, int leadTimeDays, boolean active, Instant createdAt, long version) {}
