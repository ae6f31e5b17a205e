package org.cartulary.cart;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.cart.CartLine;
import org.jspecify.annotations.Nullable;

/**
 * A cart as it is kept, its lines in the order in which they were added.
 *
 * @param continuedIn the cart that holds what was not ordered with this one, or that this one was merged into
 */
record StoredCart(
        UUID id,
        @Nullable UUID customerId,
        @Nullable UUID guestId,
        String status,
        String currency,
        long version,
        Instant expiresAt,
        @Nullable UUID continuedIn,
        List<CartLine> lines) {}
