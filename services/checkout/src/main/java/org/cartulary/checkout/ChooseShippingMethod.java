package org.cartulary.checkout;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** Chooses one of the ways to send the goods. */
record ChooseShippingMethod(@NotNull UUID shippingMethodId) {}
