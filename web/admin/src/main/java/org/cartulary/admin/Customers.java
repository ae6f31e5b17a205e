package org.cartulary.admin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.pages.Address;
import org.cartulary.pages.PageInfo;
import org.jspecify.annotations.Nullable;

/** What the API answers about customers, as far as pages show it. */
final class Customers {

    private Customers() {}

    record Customer(
            UUID id,
            @Nullable String customerNumber,
            @Nullable String email,
            boolean registered,
            @Nullable String phone,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String country,
            String status,
            boolean emailVerified,
            boolean marketingConsent,
            Instant createdAt) {

        /** The name, the e-mail address where there is none, the id of whoever was forgotten. */
        public String called() {
            String name = ((firstName == null ? "" : firstName) + " " + (lastName == null ? "" : lastName)).strip();
            if (!name.isEmpty()) {
                return name;
            }
            return email == null ? id.toString() : email;
        }
    }

    record Rows(List<Customer> items, PageInfo page) {}

    record Group(String name) {}

    record Statistics(
            String currency,
            long orders,
            long confirmedOrders,
            long cancelledOrders,
            long units,
            SalesFigures.Sum gross,
            SalesFigures.Sum refunded,
            @Nullable Instant firstOrderAt,
            @Nullable Instant lastOrderAt) {}

    record Details(Customer customer, List<Address> addresses, List<Group> groups, List<Statistics> statistics) {}

    record Erasure(
            String status, Instant requestedAt, @Nullable Instant completedAt) {}
}
