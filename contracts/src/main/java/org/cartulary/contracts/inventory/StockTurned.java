package org.cartulary.contracts.inventory;

import java.util.UUID;
import org.cartulary.platform.events.EventType;

/**
 * Something that is sold came into stock, or ran out, over all warehouses. The version of the event's aggregate, the presence of what is sold,
 * rises with each: whoever keeps what it is told needs the greatest one only.
 *
 * @param soldId the product, or the variant
 * @param inStock whether some of it is available
 */
@EventType(name = "stock.turned.v1", aggregate = "stock-presence")
public record StockTurned(UUID soldId, boolean inStock) {}
