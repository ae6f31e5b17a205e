package org.cartulary.customer;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a customer shall be; what is not given stays as it is.
 *
 * @param metadata what the shop notes further; where given it replaces all that was noted
 */
record CustomerDraft(
        @NotBlank @Size(max = 255) @Pattern(regexp = EMAIL) String email,
        @Nullable @Size(max = 100) String firstName,
        @Nullable @Size(max = 100) String lastName,

        @Nullable @Size(max = 20) @Pattern(regexp = ".*[0-9].*") String phone,

        @Nullable @Size(max = 50) Map<String, Object> metadata) {

    /** Something, an at sign and something, as the database wants it too. */
    static final String EMAIL = "[^@\\s]+@[^@\\s]+";
}
