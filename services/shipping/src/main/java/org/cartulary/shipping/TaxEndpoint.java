package org.cartulary.shipping;

import java.util.List;
import org.cartulary.contracts.shipping.FindTaxRates;
import org.cartulary.contracts.shipping.TaxApi;
import org.cartulary.contracts.shipping.TaxRate;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TaxEndpoint implements TaxApi {

    private final Taxing taxing;

    TaxEndpoint(Taxing taxing) {
        this.taxing = taxing;
    }

    @Override
    public List<TaxRate> find(FindTaxRates query) {
        return taxing.find(query);
    }
}
