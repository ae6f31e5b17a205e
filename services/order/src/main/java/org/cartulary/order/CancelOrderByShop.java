package org.cartulary.order;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Asks for the cancellation of somebody's order, for a reason that the order's history keeps. */
record CancelOrderByShop(@NotBlank @Size(max = 500) String reason) {}
