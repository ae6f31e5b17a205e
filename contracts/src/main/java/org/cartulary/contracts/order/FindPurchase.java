package org.cartulary.contracts.order;

import java.util.List;
import java.util.UUID;

/**
 * Asks whether a customer has bought something.
 *
 * @param soldIds the ids under which it is sold, of products and variants
 */
public record FindPurchase(UUID customerId, List<UUID> soldIds) {

    public FindPurchase {
        soldIds = List.copyOf(soldIds);
    }
}
