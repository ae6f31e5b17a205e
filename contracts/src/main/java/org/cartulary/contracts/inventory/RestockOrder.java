package org.cartulary.contracts.inventory;

import java.util.List;
import java.util.UUID;
import org.cartulary.platform.privacy.ReasonCode;

/**
 * Says that sold units of an order are for sale again, for instance because they came back.
 *
 * @param restockId names the request; the same id takes effect once
 * @param lines each product at most once, quantities 1 or more
 * @param reason a {@linkplain ReasonCode code}
 */
public record RestockOrder(UUID restockId, UUID orderId, List<StockLine> lines, String reason) {

    public RestockOrder {
        ReasonCode.require(reason);
    }
}
