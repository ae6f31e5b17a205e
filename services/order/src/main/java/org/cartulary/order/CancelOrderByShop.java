package org.cartulary.order;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * Asks for the cancellation of somebody's order.
 *
 * @param reason in the words of whoever asks; buyer and shop can read it until the buyer is forgotten
 */
record CancelOrderByShop(@NotBlank @Size(max = 500) String reason) {}
