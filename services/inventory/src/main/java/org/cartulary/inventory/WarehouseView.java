package org.cartulary.inventory;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A warehouse as staff sees it.
 *
 * @param priority where the shop allocates by priority, stock is taken from the smallest one first
 * @param active whether units may be received here
 * @param country where it stands, as two letters of ISO 3166-1
 * @param isDefault whether stock that names no warehouse is kept here
 * @param version counts what staff changes of it
 */
record WarehouseView(
        UUID id,
        String name,
        int priority,
        boolean active,
        @Nullable String country,
        boolean isDefault,
        Instant createdAt,
        long version) {}
