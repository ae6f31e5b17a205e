package org.cartulary.order;

import java.util.UUID;

/**
 * How far a parcel has got, and its order. Nothing of it leads to a person, since it is kept under idempotency keys.
 *
 * @param version of the parcel
 */
record ShipmentState(UUID orderId, UUID shipmentId, String status, long version, String orderStatus) {}
