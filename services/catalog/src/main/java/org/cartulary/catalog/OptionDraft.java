package org.cartulary.catalog;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.cartulary.platform.http.Legible;
import org.jspecify.annotations.Nullable;

/**
 * In what the variants of a product differ.
 *
 * @param type how the choices are to be read; text where it is left out
 * @param choices what can be chosen, in its order; numbers are written as they are in Java, and colours as {@code #1a2b3c}
 *     or by a name
 */
record OptionDraft(
        @NotBlank @Size(max = 50) @Legible String name,

        @Nullable @Pattern(regexp = "text|number|colour") String type,

        @NotEmpty @Size(max = 100) List<@NotBlank @Size(max = 100) @Legible String> choices) {

    OptionDraft {
        type = type == null ? "text" : type;
    }
}
