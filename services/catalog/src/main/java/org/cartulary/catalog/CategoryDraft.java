package org.cartulary.catalog;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.cartulary.platform.http.Legible;
import org.cartulary.platform.http.WebAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a category shall be; description, picture and whether it is shown stay as they are where they are left out and not cleared.
 *
 * @param parentSlug the category it belongs to; it is at the top where this is left out
 * @param sortOrder lists show the category with the least number first; 0 where it is left out
 * @param active whether the store shows it, and the categories below it; a new one is shown where this is left out
 * @param clear which of description and picture it shall have no more
 */
record CategoryDraft(
        @NotBlank @Size(max = 255) @Legible String name,
        @Nullable @Size(max = 255) String parentSlug,
        @Nullable Integer sortOrder,
        @Nullable @Size(max = 10_000) String description,

        @Nullable @Size(max = 500) @WebAddress(orPath = PictureStore.ADDRESSES)
        String imageUrl,

        @Nullable Boolean active,
        @Nullable @Size(max = 2) List<@NotNull @Pattern(regexp = "description|imageUrl") String> clear) {

    boolean clears(String field) {
        return clear != null && clear.contains(field);
    }
}
