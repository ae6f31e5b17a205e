package org.cartulary.contracts.order;

import org.cartulary.platform.remote.SafeToRepeat;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What customers have bought. Thread-safe. */
@HttpExchange("/internal/purchases")
public interface PurchasesApi {

    /** Whether the customer has bought and paid any of it, in the current tenant. */
    @SafeToRepeat
    @PostExchange("/lookups")
    Purchase find(@RequestBody FindPurchase query);
}
