package org.cartulary.catalog;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.cartulary.platform.http.Legible;
import org.jspecify.annotations.Nullable;

/**
 * A line of the specifications that a product page lists.
 *
 * @param type how the value is to be read; text where it is left out
 */
record Specification(
        @NotBlank @Size(max = 100) @Legible String name,
        @NotNull @Size(max = 1_000) String value,

        @Nullable @Pattern(regexp = "text|number|boolean|date|url") String type) {

    Specification {
        type = type == null ? "text" : type;
    }
}
