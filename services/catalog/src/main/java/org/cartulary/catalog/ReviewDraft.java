package org.cartulary.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A review as its author writes it.
 *
 * @param rating from 1 to 5, the best
 * @param author the name under which it is shown, which the author chooses
 */
record ReviewDraft(
        @NotNull @Min(1) @Max(5) Integer rating,

        @NotBlank @Size(max = 60) @Pattern(regexp = "\\P{Cntrl}*") String author,

        @Nullable @Size(max = 200) @Pattern(regexp = "\\P{Cntrl}*") String title,

        @Nullable @Size(max = 5000) String text) {

    ReviewWords words() {
        return new ReviewWords(
                author.strip(), title == null ? null : title.strip(), text == null ? null : text.strip());
    }

    @Override
    public String toString() {
        return "ReviewDraft[]";
    }
}
