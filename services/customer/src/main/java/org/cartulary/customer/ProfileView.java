package org.cartulary.customer;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer as the customer sees it: without what the shop notes for itself. */
record ProfileView(
        UUID id,
        String customerNumber,
        String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String phone,
        @Nullable LocalDate dateOfBirth,
        @Nullable String gender,
        boolean emailVerified,
        boolean phoneVerified,
        boolean marketingConsent,
        long version) {

    static ProfileView of(CustomerView customer) {
        return new ProfileView(
                customer.id(),
                customer.customerNumber(),
                customer.email(),
                customer.firstName(),
                customer.lastName(),
                customer.phone(),
                customer.dateOfBirth(),
                customer.gender(),
                customer.emailVerified(),
                customer.phoneVerified(),
                customer.marketingConsent(),
                customer.version());
    }
}
