package org.cartulary.contracts.checkout;

import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.contracts.reconciliation.FactsAfter;
import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.platform.remote.CallLength;
import org.cartulary.platform.remote.SafeToRepeat;
import org.cartulary.platform.remote.Takes;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Checkouts and the sagas that place orders. Thread-safe. */
@HttpExchange("/internal/checkouts")
public interface CheckoutApi extends Reconcilable {

    /** The sagas that place orders, of all tenants; for the reconciler. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @PostExchange("/facts")
    FactPage<CheckoutFact> facts(@RequestBody FactsAfter query);
}
