package org.cartulary.contracts.order;

import java.util.UUID;

/**
 * What lies in a parcel of a line of its order.
 *
 * @param orderItemId the line
 * @param quantity units, at least one
 */
public record SentLine(UUID orderItemId, UUID productId, int quantity) {}
