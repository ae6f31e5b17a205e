package org.cartulary.contracts.catalog;

import org.cartulary.contracts.inventory.PresencesAfter;
import org.cartulary.contracts.inventory.StockPresence;
import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.platform.remote.CallLength;
import org.cartulary.platform.remote.SafeToRepeat;
import org.cartulary.platform.remote.Takes;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What the catalogue believes of the stock. Thread-safe. */
@HttpExchange("/internal/listed-stock")
public interface ListedStockApi {

    /** Of everything that the catalogue was ever told of, over all tenants, whether it shows it as in stock; for the reconciler. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @PostExchange
    FactPage<StockPresence> listed(@RequestBody PresencesAfter query);
}
