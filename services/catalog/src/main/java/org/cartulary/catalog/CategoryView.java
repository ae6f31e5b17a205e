package org.cartulary.catalog;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A category and its place in the tree. */
record CategoryView(
        UUID id,
        String slug,
        String name,
        @Nullable String parentSlug,
        @Nullable String description,
        @Nullable String imageUrl,
        int sortOrder,
        long version) {}
