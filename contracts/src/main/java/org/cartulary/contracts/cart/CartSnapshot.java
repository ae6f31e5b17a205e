package org.cartulary.contracts.cart;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cart at one moment.
 *
 * @param customerId its owner if a customer
 * @param guestId its owner if a guest, the id of the guest's principal
 * @param status ACTIVE, ORDERED, ABANDONED or MERGED
 * @param version counts the changes
 * @param couponCode the coupon that its owner entered, which may take nothing off
 */
public record CartSnapshot(
        UUID id,
        @Nullable UUID customerId,
        @Nullable UUID guestId,
        String status,
        long version,
        List<CartLine> lines,
        @Nullable String couponCode) {}
