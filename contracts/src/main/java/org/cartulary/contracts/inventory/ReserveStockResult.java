package org.cartulary.contracts.inventory;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What became of a request to reserve stock. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface ReserveStockResult {

    /** All lines are reserved until the time given. */
    record Reserved(Instant expiresAt) implements ReserveStockResult {}

    /** Nothing is reserved, because of these products. */
    record OutOfStock(List<Shortage> shortages) implements ReserveStockResult {}

    /** Nothing is reserved, because the customer has too many open reservations of a product. */
    record TooManyReservations(UUID productId, int maximum) implements ReserveStockResult {}

    /** Nothing is reserved, because the order's reservation was released or has expired before. */
    record AlreadyReleased() implements ReserveStockResult {}

    /** A product of which there is less than was asked for. */
    record Shortage(UUID productId, int requested, int available) {}
}
