package org.cartulary.customer;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.contracts.customer.CustomerPerson;
import org.jspecify.annotations.Nullable;

/** A customer as the database has it: who it is, is sealed. */
record StoredCustomer(
        UUID id,
        String customerNumber,
        String personSealed,
        boolean registered,
        @Nullable String country,
        String status,
        boolean emailVerified,
        boolean phoneVerified,
        boolean marketingConsent,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    CustomerView with(CustomerPerson person) {
        return new CustomerView(
                id,
                customerNumber,
                person.email(),
                registered,
                person.phone(),
                person.firstName(),
                person.lastName(),
                person.dateOfBirth(),
                person.gender(),
                country,
                status,
                emailVerified,
                phoneVerified,
                marketingConsent,
                person.metadata(),
                createdAt,
                updatedAt,
                version);
    }
}
