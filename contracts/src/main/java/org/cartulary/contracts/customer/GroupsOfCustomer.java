package org.cartulary.contracts.customer;

import java.util.List;
import java.util.UUID;

/**
 * The groups in which a customer is.
 *
 * @param groupIds empty for whoever is in none, or is no customer
 */
public record GroupsOfCustomer(List<UUID> groupIds) {

    public GroupsOfCustomer {
        groupIds = List.copyOf(groupIds);
    }
}
