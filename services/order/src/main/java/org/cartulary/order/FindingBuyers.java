package org.cartulary.order;

import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.customer.CustomerApi;
import org.cartulary.contracts.customer.FindCustomersByEmail;

/** Finds out who buys under an e-mail address: orders hold it sealed only. Not within a transaction. Thread-safe. */
record FindingBuyers(CustomerApi customers, SealingOrders sealing) {

    /**
     * Who buys under an address.
     *
     * @param customerIds those who have it in their account, or in the shop's records
     * @param guestSubjectId whoever buys with it without an account
     */
    record Buyers(List<UUID> customerIds, UUID guestSubjectId) {}

    Buyers of(String email) {
        return new Buyers(
                customers
                        .withEmail(new FindCustomersByEmail(sealing.emailIndex(email)))
                        .customerIds(),
                sealing.guestSubject(email));
    }
}
