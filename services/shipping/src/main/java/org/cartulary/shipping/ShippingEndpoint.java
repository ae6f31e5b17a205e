package org.cartulary.shipping;

import java.util.List;
import org.cartulary.contracts.shipping.QuoteShipping;
import org.cartulary.contracts.shipping.ShippingApi;
import org.cartulary.contracts.shipping.ShippingOption;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ShippingEndpoint implements ShippingApi {

    private final Quoting quotes;
    private final ShippingInvariants invariants;

    ShippingEndpoint(Quoting quotes, ShippingInvariants invariants) {
        this.quotes = quotes;
        this.invariants = invariants;
    }

    @Override
    public List<ShippingOption> quote(QuoteShipping query) {
        return quotes.quote(query);
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return invariants.check();
    }
}
