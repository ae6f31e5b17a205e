package org.cartulary.contracts.customer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer as other services see it. */
public record Customer(
        UUID id,
        String customerNumber,
        String email,
        @Nullable String firstName,
        @Nullable String lastName,
        boolean active) {}
