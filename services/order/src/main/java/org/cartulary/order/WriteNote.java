package org.cartulary.order;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a note on an order.
 *
 * @param text kept until the buyer is forgotten
 * @param visibleToCustomer whether the buyer reads it with the order; for the shop only where nothing is said
 */
record WriteNote(
        @NotBlank @Size(max = 2_000) String text, @Nullable Boolean visibleToCustomer) {

    boolean isVisibleToCustomer() {
        return Boolean.TRUE.equals(visibleToCustomer);
    }
}
