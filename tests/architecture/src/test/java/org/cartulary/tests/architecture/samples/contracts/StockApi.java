package org.cartulary.tests.architecture.samples.contracts;

import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;

/** Right: a contract. */
public interface StockApi {

    /** Counts. */
    @PostExchange("/count")
    int count(@RequestBody String sku);
}
