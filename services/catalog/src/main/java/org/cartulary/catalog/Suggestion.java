package org.cartulary.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What somebody may be about to type.
 *
 * @param kind what it leads to
 * @param text what is shown
 * @param slug the name in addresses of what it leads to
 * @param imageUrl a product's primary image, where it has one
 */
record Suggestion(
        Kind kind, String text, String slug, @Nullable String imageUrl) {

    /** What a suggestion leads to, in the order in which suggestions are shown. */
    enum Kind {
        CATEGORY,
        BRAND,
        PRODUCT
    }
}
