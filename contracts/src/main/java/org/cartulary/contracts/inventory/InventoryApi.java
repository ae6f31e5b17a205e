package org.cartulary.contracts.inventory;

import java.util.List;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.platform.remote.CallLength;
import org.cartulary.platform.remote.SafeToRepeat;
import org.cartulary.platform.remote.Takes;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * The stock. Every change is one transaction, all lines of an order or none. Each call may be repeated: the second
 * answer is the first one's. Thread-safe.
 */
@HttpExchange("/internal/inventory")
public interface InventoryApi extends Reconcilable {

    /** Reserves all lines of an order, or none. */
    @SafeToRepeat
    @PostExchange("/reservations")
    ReserveStockResult reserve(@RequestBody ReserveStock command);

    /** Turns the open reservation of an order into a sale; an expired reservation stays expired. */
    @SafeToRepeat
    @PostExchange("/confirmations")
    ConfirmReservationResult confirm(@RequestBody ConfirmReservation command);

    /** Gives back what is reserved, or was sold, for an order; an order without a reservation is released already. */
    @SafeToRepeat
    @PostExchange("/releases")
    ReleaseReservationResult release(@RequestBody ReleaseReservation command);

    /** Makes sold units of an order available again, all lines or none; never more than the order sold. */
    @SafeToRepeat
    @PostExchange("/restocks")
    RestockOrderResult restock(@RequestBody RestockOrder command);

    /** How much of each product can be sold now; a product without stock records has none. */
    @SafeToRepeat
    @PostExchange("/availability-lookups")
    List<Availability> availability(@RequestBody FindAvailability query);

    /** What is reserved and sold for each order, over all tenants; for the reconciler. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @PostExchange("/facts")
    FactPage<ReservationFact> facts(@RequestBody FactsAfter query);
}
