package org.cartulary.checkout;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/** Places the order of a checkout. */
record CompleteCheckout(@NotNull @Valid PaymentChoice payment) {}
