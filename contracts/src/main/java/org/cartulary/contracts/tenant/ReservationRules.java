package org.cartulary.contracts.tenant;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * The limits of reservations of stock (INV-03).
 *
 * @param minutes after how many minutes an open reservation expires
 * @param maximumOpenPerProduct how many open reservations of one product a customer has at most
 */
public record ReservationRules(
        @Min(1) @Max(10_080) int minutes,
        @Min(1) @Max(1_000_000) int maximumOpenPerProduct) {

    /** Five minutes, five reservations. */
    public static final ReservationRules DEFAULTS = new ReservationRules(5, 5);
}
