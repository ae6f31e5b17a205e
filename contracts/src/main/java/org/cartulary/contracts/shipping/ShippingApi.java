package org.cartulary.contracts.shipping;

import java.util.List;
import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.platform.remote.SafeToRepeat;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Ways to send a parcel and what they cost. Thread-safe. */
@HttpExchange("/internal/shipping")
public interface ShippingApi extends Reconcilable {

    /** The ways to send a parcel to this address, cheapest first; none if the shop does not send there. */
    @SafeToRepeat
    @PostExchange("/quotes")
    List<ShippingOption> quote(@RequestBody QuoteShipping query);
}
