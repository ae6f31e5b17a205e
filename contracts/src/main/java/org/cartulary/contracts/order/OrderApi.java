package org.cartulary.contracts.order;

import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.platform.remote.CallLength;
import org.cartulary.platform.remote.SafeToRepeat;
import org.cartulary.platform.remote.Takes;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Orders. Each call may be repeated: the second answer is the first one's. Thread-safe. */
@HttpExchange("/internal/orders")
public interface OrderApi extends Reconcilable {

    /** Creates an order in state CREATED, or says which of the shop's rules it breaks. */
    @SafeToRepeat
    @PostExchange("/creations")
    CreateOrderResult create(@RequestBody CreateOrder command);

    /** Takes a CREATED order to CONFIRMED, over PAID: its payment is authorised and its stock is sold. */
    @SafeToRepeat
    @PostExchange("/confirmations")
    ConfirmOrderResult confirm(@RequestBody ConfirmOrder command);

    /** Cancels an order that has not been sent. The saga that asks undoes payment and stock itself. */
    @SafeToRepeat
    @PostExchange("/cancellations")
    CancelOrderResult cancel(@RequestBody CancelOrder command);

    /** The order in the current tenant, or {@code null}. */
    @SafeToRepeat
    @PostExchange("/lookups")
    @Nullable OrderSummary find(@RequestBody FindOrder query);

    /** Whether the customer has ordered before, in the current tenant. */
    @SafeToRepeat
    @PostExchange("/earlier-order-lookups")
    EarlierOrders findEarlier(@RequestBody FindEarlierOrders query);

    /** The orders of all tenants; for the reconciler. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @PostExchange("/facts")
    FactPage<OrderFact> facts(@RequestBody FactsAfter query);
}
