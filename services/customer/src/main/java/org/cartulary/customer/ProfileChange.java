package org.cartulary.customer;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What customers say of themselves; what is left out is forgotten. Its text form keeps it out of logs.
 *
 * @param phone an optional plus sign and up to 15 digits
 * @param dateOfBirth of somebody who is at least 13 years old
 */
record ProfileChange(
        @Nullable @Size(max = 100) @Pattern(regexp = NO_CONTROLS) String firstName,

        @Nullable @Size(max = 100) @Pattern(regexp = NO_CONTROLS) String lastName,

        @Nullable @Pattern(regexp = "\\+?[1-9][0-9]{1,14}") String phone,
        @Nullable LocalDate dateOfBirth) {

    private static final String NO_CONTROLS = "\\P{Cntrl}*";

    @Override
    public String toString() {
        return "ProfileChange[]";
    }
}
