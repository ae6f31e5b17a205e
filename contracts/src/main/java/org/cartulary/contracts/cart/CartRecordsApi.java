package org.cartulary.contracts.cart;

import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.TracedRecords;
import org.cartulary.contracts.privacy.Traces;
import org.cartulary.platform.remote.CallLength;
import org.cartulary.platform.remote.SafeToRepeat;
import org.cartulary.platform.remote.Takes;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What carts say of people. Thread-safe. */
@HttpExchange("/internal/cart-records")
public interface CartRecordsApi extends TracedRecords {

    /** The traces, and the carts from which what was ordered came. */
    @SafeToRepeat
    @PostExchange("/traces")
    Traces trace(@RequestBody Traces traces);

    /** Deletes the carts of the customer, and those from which somebody ordered, or was about to, as a guest. */
    @SafeToRepeat
    @Takes(CallLength.LONG)
    @PostExchange("/erasures")
    ErasedRecords erase(@RequestBody Traces traces);
}
