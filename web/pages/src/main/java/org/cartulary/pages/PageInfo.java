package org.cartulary.pages;

import org.jspecify.annotations.Nullable;

/**
 * What the API says of a page of a list.
 *
 * @param next the cursor of what follows, {@code null} at the end of the list
 * @param hasMore whether anything follows
 */
public record PageInfo(@Nullable String next, boolean hasMore) {}
