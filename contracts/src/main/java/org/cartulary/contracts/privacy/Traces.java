package org.cartulary.contracts.privacy;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By which ids records are somebody's where nothing else says whose they are.
 *
 * @param customerId the customer, {@code null} for a guest
 * @param orderIds what they have ordered
 * @param checkoutIds what they were about to order
 * @param cartIds from what they ordered, or were about to; a Guest-Token may be that of several people
 * @param guestIds under which Guest-Tokens they came: the ids of these principals
 */
public record Traces(
        @Nullable UUID customerId,
        List<UUID> orderIds,
        List<UUID> checkoutIds,
        List<UUID> cartIds,
        List<UUID> guestIds) {

    public Traces {
        orderIds = List.copyOf(orderIds);
        checkoutIds = List.copyOf(checkoutIds);
        cartIds = List.copyOf(cartIds);
        guestIds = List.copyOf(guestIds);
    }

    /** These and those of the same person elsewhere. */
    public Traces and(Traces others) {
        return new Traces(
                customerId,
                both(orderIds, others.orderIds),
                both(checkoutIds, others.checkoutIds),
                both(cartIds, others.cartIds),
                both(guestIds, others.guestIds));
    }

    private static List<UUID> both(List<UUID> some, List<UUID> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
}
