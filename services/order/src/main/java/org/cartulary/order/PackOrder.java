package org.cartulary.order;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a parcel of an order.
 *
 * @param lines what lies in it, {@code null} for all that is neither packed nor withdrawn
 * @param trackingUrl where it can be followed, over https
 * @param estimatedDelivery a day of the years 2000 to 2100
 * @param sent whether it leaves at once; it waits where nothing is said
 */
record PackOrder(
        @Nullable @Size(min = 1, max = 10_000) List<@NotNull @Valid SentUnits> lines,
        @Nullable @Size(min = 1, max = 100) String carrier,
        @Nullable @Size(min = 1, max = 100) String trackingNumber,
        @Nullable @Size(min = 1, max = 2_000) String trackingUrl,
        @Nullable LocalDate estimatedDelivery,
        @Nullable Boolean sent) {

    ShipmentTracking tracking() {
        return new ShipmentTracking(carrier, trackingNumber, trackingUrl, estimatedDelivery);
    }

    boolean leavesAtOnce() {
        return Boolean.TRUE.equals(sent);
    }
}
