package org.cartulary.catalog;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.cartulary.platform.http.Legible;
import org.cartulary.platform.http.WebAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a category shall be; description, picture and whether it is shown stay as they are where they are left out.
 *
 * @param parentSlug the category it belongs to; it is at the top where this is left out
 * @param sortOrder lists show the category with the least number first; 0 where it is left out
 * @param active whether the store shows it, and the categories below it; a new one is shown where this is left out
 */
record CategoryDraft(
        @NotBlank @Size(max = 255) @Legible String name,
        @Nullable @Size(max = 255) String parentSlug,
        @Nullable Integer sortOrder,
        @Nullable @Size(max = 10_000) String description,

        @Nullable @Size(max = 500) @WebAddress(orPath = PictureStore.ADDRESSES)
        String imageUrl,

        @Nullable Boolean active) {}
