package org.cartulary.customer;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.customer.Customer;
import org.jspecify.annotations.Nullable;

/** A customer as the customer and the shop see it; its text form keeps personal data out of logs. */
record CustomerView(
        UUID id,
        String customerNumber,
        String email,
        boolean registered,
        @Nullable String phone,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable LocalDate dateOfBirth,
        @Nullable String gender,
        @Nullable String country,
        String status,
        boolean emailVerified,
        boolean phoneVerified,
        boolean marketingConsent,
        Map<String, Object> metadata,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    Customer asContract() {
        return new Customer(id, customerNumber, email, firstName, lastName, status.equals("active"));
    }

    @Override
    public String toString() {
        return "CustomerView[id=" + id + "]";
    }
}
