package org.cartulary.contracts.inventory;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What became of a request to release a reservation. Both mean that the order holds no stock any more, nor ever will. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "outcome")
public sealed interface ReleaseReservationResult {

    /** The units are available again. */
    record Released() implements ReleaseReservationResult {}

    /** There was nothing to release; a later request to reserve for this order is refused. */
    record NothingHeld() implements ReleaseReservationResult {}
}
