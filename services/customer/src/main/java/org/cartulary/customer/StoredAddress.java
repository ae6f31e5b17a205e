package org.cartulary.customer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;

/** A saved address as the database has it, and the answer to whoever saved it: where it is, is sealed. */
record StoredAddress(
        UUID id,
        String type,
        @JsonProperty("isDefault") boolean isDefault,
        String country,
        String addressSealed,
        long version) {}
