package org.cartulary.contracts.customer;

import java.time.LocalDate;
import java.util.Map;
import org.cartulary.platform.privacy.Place;
import org.jspecify.annotations.Nullable;

/**
 * What is kept, sealed as one, on who a customer is. Its text form keeps it out of logs.
 *
 * @param phone an optional plus sign and up to 15 digits
 * @param gender female, male or diverse
 * @param metadata what the shop keeps in addition
 */
public record CustomerPerson(
        String email,
        @Nullable String phone,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable LocalDate dateOfBirth,
        @Nullable String gender,
        Map<String, Object> metadata) {

    /** Where it is kept; the row is the customer. */
    public static final Place PLACE = new Place("customer.customers.person_sealed");

    /** Somebody of whom only this is known yet. */
    public static CustomerPerson registered(String email, String firstName, String lastName) {
        return new CustomerPerson(email, null, firstName, lastName, null, null, Map.of());
    }

    @Override
    public String toString() {
        return "CustomerPerson[]";
    }
}
