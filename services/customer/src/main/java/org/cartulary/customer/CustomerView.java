package org.cartulary.customer;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer as the shop sees it. */
record CustomerView(
        UUID id,
        String customerNumber,
        String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String phone,
        @Nullable LocalDate dateOfBirth,
        @Nullable String gender,
        String status,
        boolean emailVerified,
        boolean phoneVerified,
        boolean marketingConsent,
        Map<String, Object> metadata,
        Instant createdAt,
        Instant updatedAt,
        long version) {}
