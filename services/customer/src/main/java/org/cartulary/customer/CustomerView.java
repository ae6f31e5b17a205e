package org.cartulary.customer;

import static org.cartulary.platform.audit.PersonalDataCategory.BIRTH_DATE;
import static org.cartulary.platform.audit.PersonalDataCategory.CONSENT;
import static org.cartulary.platform.audit.PersonalDataCategory.EMAIL;
import static org.cartulary.platform.audit.PersonalDataCategory.FREE_FORM;
import static org.cartulary.platform.audit.PersonalDataCategory.GENDER;
import static org.cartulary.platform.audit.PersonalDataCategory.NAME;
import static org.cartulary.platform.audit.PersonalDataCategory.PHONE;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.customer.Customer;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.Personal;
import org.jspecify.annotations.Nullable;

/** A customer as the customer and the shop see it; its text form keeps personal data out of logs. */
record CustomerView(
        UUID id,
        String customerNumber,
        @Personal(EMAIL) String email,
        boolean registered,
        @Personal(PHONE) @Nullable String phone,
        @Personal(NAME) @Nullable String firstName,
        @Personal(NAME) @Nullable String lastName,
        @Personal(BIRTH_DATE) @Nullable LocalDate dateOfBirth,
        @Personal(GENDER) @Nullable String gender,
        @Nullable String country,
        String status,
        boolean emailVerified,
        boolean phoneVerified,
        @Personal(CONSENT) boolean marketingConsent,
        @Personal(FREE_FORM) Map<String, Object> metadata,
        Instant createdAt,
        Instant updatedAt,
        long version)
        implements AboutPerson {
    Customer asContract() {
        return new Customer(id, customerNumber, email, firstName, lastName, status.equals("active"));
    }

    @Override
    public DataSubject dataSubject() {
        return DataSubject.of("customer", id, id);
    }

    @Override
    public String toString() {
        return "CustomerView[id=" + id + "]";
    }
}
