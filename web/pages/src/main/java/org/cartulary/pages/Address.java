package org.cartulary.pages;

import org.jspecify.annotations.Nullable;

/** A postal address as the API answers it; of one that is erased, parts are missing. Immutable. */
public record Address(
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String company,
        @Nullable String addressLine1,
        @Nullable String addressLine2,
        @Nullable String city,
        @Nullable String state,
        @Nullable String postalCode,
        @Nullable String country,
        @Nullable String phone) {}
