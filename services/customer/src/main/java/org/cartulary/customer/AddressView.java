package org.cartulary.customer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An address of a customer; the type is shipping or billing. */
record AddressView(
        UUID id,
        String type,
        boolean isDefault,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String company,
        String addressLine1,
        @Nullable String addressLine2,
        String city,
        @Nullable String state,
        @Nullable String postalCode,
        String country,
        @Nullable String phone,
        long version) {}
