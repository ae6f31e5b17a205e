package org.cartulary.customer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer as the shop enters it, under a number of the shop's own. What is {@code null} stays as it is.
 *
 * @param id the id if the customer is new
 * @param metadata a JSON object as text; its members are added to those that are there, or replace them
 */
record CustomerEntry(
        UUID id,
        String customerNumber,
        String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String phone,
        @Nullable String country,
        @Nullable String metadata) {

    @Override
    public String toString() {
        return "CustomerEntry[customerNumber=" + customerNumber + "]";
    }
}
