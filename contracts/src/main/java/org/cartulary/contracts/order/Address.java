package org.cartulary.contracts.order;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A postal address as it was when the order was placed.
 *
 * @param country one of {@link Countries}, or a code that says it is unknown
 */
public record Address(
        @Nullable @Size(max = 100) String firstName,
        @Nullable @Size(max = 100) String lastName,
        @Nullable @Size(max = 255) String company,
        @NotBlank @Size(max = 255) String addressLine1,
        @Nullable @Size(max = 255) String addressLine2,
        @NotBlank @Size(max = 100) String city,
        @Nullable @Size(max = 100) String state,
        @Nullable @Size(max = 20) String postalCode,

        @NotBlank @Pattern(regexp = "[A-Z]{2}") @CountryCode(orUnknown = true)
        String country,

        @Nullable @Size(max = 20) String phone) {}
