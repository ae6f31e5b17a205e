package org.cartulary.contracts.shipping;

import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** A way to send a parcel; days are working days. */
public record ShippingOption(
        UUID methodId, String name, @Nullable String carrier, Money price, int estimatedDays) {}
