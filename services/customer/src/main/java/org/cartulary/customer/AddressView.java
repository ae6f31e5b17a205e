package org.cartulary.customer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A saved address. */
record AddressView(
        UUID id,
        String type,
        @JsonProperty("isDefault") boolean isDefault,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String company,
        String addressLine1,
        @Nullable String addressLine2,
        String city,
        @Nullable String state,
        @Nullable String postalCode,
        String country,
        @Nullable String phone) {
    @Override
    public String toString() {
        return "AddressView[id=" + id + ", type=" + type + "]";
    }
}
