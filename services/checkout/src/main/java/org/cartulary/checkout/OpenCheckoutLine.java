package org.cartulary.checkout;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A line of a checkout that is not made from a cart.
 *
 * @param unitPrice the price that was agreed on, {@code null} for the catalogue's
 */
record OpenCheckoutLine(
        @NotNull UUID productId,
        @Min(1) @Max(999_999) int quantity,
        @Nullable Money unitPrice) {}
