package org.cartulary.order;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says what became of a parcel.
 *
 * @param at when, at most a minute from now, and not before it left; {@code null} for now
 * @param place where, in the carrier's words
 * @param note what else the buyer shall know
 */
record MoveShipment(
        @NotNull @Pattern(regexp = "SHIPPED|IN_TRANSIT|DELIVERED|CANCELLED|FAILED|RETURNED") String status,

        @Nullable Instant at,
        @Nullable @Size(max = 200) String place,
        @Nullable @Size(max = 500) String note) {

    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2101-01-01T00:00:00Z");

    /** Whether the time, where one is given, is of the years 2000 to 2100: others may be none to the database. */
    boolean isOfOurTime() {
        return at == null || (!at.isBefore(FIRST) && at.isBefore(END));
    }
}
