package org.cartulary.contracts.inventory;

import java.util.List;
import java.util.UUID;

/**
 * Says that sold units of an order are for sale again, for instance because they came back.
 *
 * @param restockId names the request; the same id takes effect once
 * @param lines each product at most once, quantities 1 or more
 */
public record RestockOrder(UUID restockId, UUID orderId, List<StockLine> lines, String reason) {}
