package org.cartulary.customer;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.cartulary.contracts.order.CountryCode;
import org.jspecify.annotations.Nullable;

/** An address to save. */
record AddressRequest(
        @NotNull @Pattern(regexp = "shipping|billing") String type,
        @JsonProperty("isDefault") @Nullable Boolean isDefault,

        @Nullable @Size(max = 100) @Pattern(regexp = NO_CONTROLS) String firstName,

        @Nullable @Size(max = 100) @Pattern(regexp = NO_CONTROLS) String lastName,

        @Nullable @Size(max = 255) @Pattern(regexp = NO_CONTROLS) String company,

        @NotBlank @Size(max = 255) @Pattern(regexp = NO_CONTROLS) String addressLine1,

        @Nullable @Size(max = 255) @Pattern(regexp = NO_CONTROLS) String addressLine2,

        @NotBlank @Size(max = 100) @Pattern(regexp = NO_CONTROLS) String city,

        @Nullable @Size(max = 100) @Pattern(regexp = NO_CONTROLS) String state,

        @Nullable @Size(max = 20) @Pattern(regexp = NO_CONTROLS) String postalCode,

        @NotNull @Pattern(regexp = "[A-Z]{2}") @CountryCode String country,

        @Nullable @Size(max = 20) @Pattern(regexp = NO_CONTROLS) String phone) {

    private static final String NO_CONTROLS = "\\P{Cntrl}*";

    boolean wantsToBeDefault() {
        return Boolean.TRUE.equals(isDefault);
    }

    @Override
    public String toString() {
        return "AddressRequest[type=" + type + ", country=" + country + "]";
    }
}
