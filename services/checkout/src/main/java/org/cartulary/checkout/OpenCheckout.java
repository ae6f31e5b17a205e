package org.cartulary.checkout;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.cartulary.contracts.order.Address;
import org.jspecify.annotations.Nullable;

/**
 * Opens a checkout of a cart, or of lines.
 *
 * @param couponCodes the coupons to be used; that of the cart where it is left out
 */
record OpenCheckout(
        @Nullable UUID cartId,
        @Nullable @Size(min = 1, max = 10_000) List<@NotNull @Valid OpenCheckoutLine> lines,

        @Nullable @Size(min = 3, max = 320) @Pattern(regexp = "[^@\\s]+@[^@\\s]+") String email,

        @Nullable UUID customerId,
        @NotNull @Valid Address shippingAddress,
        @Nullable @Valid Address billingAddress,
        @Nullable Instant placedAt,
        @Nullable @Size(min = 1, max = 255) String externalReference,
        @Nullable UUID shippingMethodId,
        @Nullable @Size(max = 5) List<@NotNull @Size(min = 1, max = 40) String> couponCodes) {}
