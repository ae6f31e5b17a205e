package org.cartulary.customer;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * An address to add.
 *
 * @param type shipping or billing
 * @param isDefault whether it becomes the default address of its type, in place of the one that was
 * @param country ISO 3166-1 alpha-2; {@code ZZ} where it is unknown
 */
record AddressDraft(
        @NotNull @Pattern(regexp = "shipping|billing") String type,
        @Nullable Boolean isDefault,
        @Nullable @Size(max = 100) String firstName,
        @Nullable @Size(max = 100) String lastName,
        @Nullable @Size(max = 255) String company,
        @NotBlank @Size(max = 255) String addressLine1,
        @Nullable @Size(max = 255) String addressLine2,
        @NotBlank @Size(max = 100) String city,
        @Nullable @Size(max = 100) String state,
        @Nullable @Size(max = 20) String postalCode,
        @NotNull @Pattern(regexp = "[A-Z]{2}") String country,
        @Nullable @Size(max = 20) String phone) {}
