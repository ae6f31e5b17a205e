package org.cartulary.contracts.inventory;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What became of a request to confirm a reservation. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface ConfirmReservationResult {

    /** The units are sold. */
    record Confirmed() implements ConfirmReservationResult {}

    /** The reservation had expired, was released, or never was. */
    record NotOpen(String status) implements ConfirmReservationResult {}
}
