package org.cartulary.platform.http;

import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on.
 *
 * @param next the cursor of the next page, or {@code null} where there is none
 * @param hasMore whether there is a next page
 */
public record PageInfo(@Nullable String next, boolean hasMore) {}
