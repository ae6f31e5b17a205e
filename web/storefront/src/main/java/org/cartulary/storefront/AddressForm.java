package org.cartulary.storefront;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;

/** The fields of the form, as they were sent or as they begin. */
record AddressForm(String email, Map<String, String> address) {

    private static final List<String> FIELDS = List.of(
            "firstName",
            "lastName",
            "company",
            "addressLine1",
            "addressLine2",
            "city",
            "state",
            "postalCode",
            "country",
            "phone");

    static AddressForm of(Visit visit) {
        Map<String, String> address = new HashMap<>();
        for (String field : FIELDS) {
            String value = visit.fieldOrNull(field);
            if (value != null) {
                address.put(field, value);
            }
        }
        if (address.isEmpty()) {
            Profile.of(visit).ifPresent(person -> {
                put(address, "firstName", person.firstName());
                put(address, "lastName", person.lastName());
                put(address, "phone", person.phone());
            });
            put(address, "country", visit.formats().locale().getCountry());
        }
        return new AddressForm(visit.field("email"), address);
    }

    private static void put(Map<String, String> address, String field, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            address.put(field, value);
        }
    }
}
