package org.cartulary.inventory;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.cartulary.platform.http.Legible;
import org.jspecify.annotations.Nullable;

/**
 * A warehouse as it shall be.
 *
 * @param priority 0 to 1,000,000, smaller ones first; 100 where it is not said
 * @param active whether units may be received here, true where it is not said
 * @param country where it stands, as two capital letters of ISO 3166-1
 */
record WarehouseDraft(
        @NotBlank @Size(max = 100) @Legible String name,

        @Nullable @Min(0) @Max(1_000_000) Integer priority,

        @Nullable Boolean active,

        @Nullable @Pattern(regexp = "[A-Z]{2}") String country) {

    private static final int USUAL_PRIORITY = 100;

    String strippedName() {
        return name.strip();
    }

    int priorityOrUsual() {
        return Objects.requireNonNullElse(priority, USUAL_PRIORITY);
    }

    boolean activeOrUsual() {
        return !Boolean.FALSE.equals(active);
    }
}
