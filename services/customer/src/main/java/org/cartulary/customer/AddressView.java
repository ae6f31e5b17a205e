package org.cartulary.customer;

import static org.cartulary.platform.audit.PersonalDataCategory.ADDRESS;
import static org.cartulary.platform.audit.PersonalDataCategory.NAME;
import static org.cartulary.platform.audit.PersonalDataCategory.PHONE;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.Personal;
import org.jspecify.annotations.Nullable;

/**
 * A saved address.
 *
 * @param isDefault whether it is the one of its type to be proposed; there is one at most
 * @param version which its {@code ETag} names
 */
record AddressView(
        UUID id,
        String type,
        @JsonProperty("isDefault") boolean isDefault,
        @Personal(NAME) @Nullable String firstName,
        @Personal(NAME) @Nullable String lastName,
        @Personal(NAME) @Nullable String company,
        @Personal(ADDRESS) String addressLine1,
        @Personal(ADDRESS) @Nullable String addressLine2,
        @Personal(ADDRESS) String city,
        @Personal(ADDRESS) @Nullable String state,
        @Personal(ADDRESS) @Nullable String postalCode,
        @Personal(ADDRESS) String country,
        @Personal(PHONE) @Nullable String phone,
        long version)
        implements AboutPerson {

    @Override
    public DataSubject dataSubject() {
        return DataSubject.of("customer-address", id, null);
    }

    @Override
    public String toString() {
        return "AddressView[id=" + id + ", type=" + type + "]";
    }
}
