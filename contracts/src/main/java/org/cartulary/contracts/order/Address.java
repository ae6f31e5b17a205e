package org.cartulary.contracts.order;

import static org.cartulary.platform.audit.PersonalDataCategory.ADDRESS;
import static org.cartulary.platform.audit.PersonalDataCategory.NAME;
import static org.cartulary.platform.audit.PersonalDataCategory.PHONE;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.cartulary.platform.audit.Personal;
import org.jspecify.annotations.Nullable;

/**
 * A postal address as it was when the order was placed.
 *
 * @param country one of {@link Countries}, or a code that says it is unknown
 */
public record Address(
        @Personal(NAME) @Nullable @Size(max = 100) String firstName,
        @Personal(NAME) @Nullable @Size(max = 100) String lastName,
        @Personal(NAME) @Nullable @Size(max = 255) String company,
        @Personal(ADDRESS) @NotBlank @Size(max = 255) String addressLine1,
        @Personal(ADDRESS) @Nullable @Size(max = 255) String addressLine2,
        @Personal(ADDRESS) @NotBlank @Size(max = 100) String city,
        @Personal(ADDRESS) @Nullable @Size(max = 100) String state,
        @Personal(ADDRESS) @Nullable @Size(max = 20) String postalCode,

        @NotBlank @Pattern(regexp = "[A-Z]{2}") @CountryCode(orUnknown = true) @Personal(ADDRESS)
        String country,

        @Personal(PHONE) @Nullable @Size(max = 20) String phone) {}
