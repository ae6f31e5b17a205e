package org.cartulary.catalog;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A category and its place in the tree.
 *
 * @param active whether the store shows it, unless one above it is not shown
 */
record CategoryView(
        UUID id,
        String slug,
        String name,
        @Nullable String parentSlug,
        @Nullable String description,
        @Nullable String imageUrl,
        int sortOrder,
        boolean active,
        long version) {}
