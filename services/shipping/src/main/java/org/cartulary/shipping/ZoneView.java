package org.cartulary.shipping;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** A zone with the methods that it offers, in their order. */
record ZoneView(
        UUID id,
        String name,
        List<String> countries,
        List<String> states,
        boolean active,
        List<MethodView> methods,
        long version) {

    /** A way to send a parcel; days are working days. */
    record MethodView(
            UUID id,
            String name,
            @Nullable String carrier,
            Money price,
            int estimatedDays,
            @Nullable Money freeAbove,
            @Nullable Money pricePerKg,
            @Nullable BigDecimal firstKg,
            @Nullable BigDecimal maximumKg) {}
}
