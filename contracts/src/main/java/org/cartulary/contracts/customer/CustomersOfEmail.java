package org.cartulary.contracts.customer;

import java.util.List;
import java.util.UUID;

/**
 * Whose e-mail address it is: at most one who has registered, and one whom the shop has entered.
 *
 * @param customerIds empty where it is no customer's
 */
public record CustomersOfEmail(List<UUID> customerIds) {

    public CustomersOfEmail {
        customerIds = List.copyOf(customerIds);
    }
}
