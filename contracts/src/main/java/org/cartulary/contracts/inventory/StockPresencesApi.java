package org.cartulary.contracts.inventory;

import org.cartulary.contracts.reconciliation.FactPage;
import org.cartulary.platform.remote.CallLength;
import org.cartulary.platform.remote.SafeToRepeat;
import org.cartulary.platform.remote.Takes;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What is in stock. Thread-safe. */
@HttpExchange("/internal/stock-presences")
public interface StockPresencesApi {

    /** Of everything that ever was in stock, over all tenants, whether it is. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @PostExchange
    FactPage<StockPresence> presences(@RequestBody PresencesAfter query);
}
