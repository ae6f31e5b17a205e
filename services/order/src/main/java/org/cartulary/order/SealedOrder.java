package org.cartulary.order;

import java.util.UUID;
import org.cartulary.contracts.order.CreateOrder;

/**
 * An order that is to be created, with what tells who bought it as it will be kept.
 *
 * @param subjectId by whose key it is sealed
 */
record SealedOrder(
        CreateOrder command, UUID subjectId, String emailSealed, SealedAddress shipping, SealedAddress billing) {

    /** An address; its country is not sealed. */
    record SealedAddress(UUID id, String country, String addressSealed) {}

    @Override
    public String toString() {
        return "SealedOrder[orderId=" + command.orderId() + "]";
    }
}
