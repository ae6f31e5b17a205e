package org.cartulary.customer;

import static org.cartulary.platform.audit.PersonalDataCategory.ADDRESS;
import static org.cartulary.platform.audit.PersonalDataCategory.NAME;
import static org.cartulary.platform.audit.PersonalDataCategory.PHONE;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.cartulary.platform.audit.AboutPerson;
import org.cartulary.platform.audit.DataSubject;
import org.cartulary.platform.audit.PersonalData;
import org.jspecify.annotations.Nullable;

/** A saved address. */
record AddressView(
        UUID id,
        String type,
        @JsonProperty("isDefault") boolean isDefault,
        @PersonalData(NAME) @Nullable String firstName,
        @PersonalData(NAME) @Nullable String lastName,
        @PersonalData(NAME) @Nullable String company,
        @PersonalData(ADDRESS) String addressLine1,
        @PersonalData(ADDRESS) @Nullable String addressLine2,
        @PersonalData(ADDRESS) String city,
        @PersonalData(ADDRESS) @Nullable String state,
        @PersonalData(ADDRESS) @Nullable String postalCode,
        @PersonalData(ADDRESS) String country,
        @PersonalData(PHONE) @Nullable String phone)
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
