package org.cartulary.inventory;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.cartulary.platform.http.Legible;
import org.jspecify.annotations.Nullable;

/**
 * A supplier as it shall be: a company, and nothing of a person.
 *
 * @param leadTimeDays how many days after an order the goods are expected, 0 to 1,000
 * @param active whether goods may be ordered from it, true where it is not said
 */
record SupplierDraft(
        @NotBlank @Size(max = 255) @Legible String name,

        @NotNull @Min(0) @Max(1000) Integer leadTimeDays,

        @Nullable Boolean active) {

    String strippedName() {
        return name.strip();
    }

    boolean activeOrUsual() {
        return !Boolean.FALSE.equals(active);
    }
}
