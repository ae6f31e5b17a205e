package org.cartulary.order;

import java.util.UUID;

/** What will not be sent of an order, by its id, and how far the order is with that. */
record WithdrawnUnits(UUID withdrawalId, UUID orderId, String orderStatus) {}
