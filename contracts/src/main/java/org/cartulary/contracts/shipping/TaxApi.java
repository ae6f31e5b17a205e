package org.cartulary.contracts.shipping;

import java.util.List;
import org.cartulary.platform.remote.SafeToRepeat;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** At which rates a shop taxes what it sends. Thread-safe. */
@HttpExchange("/internal/tax-rates")
public interface TaxApi {

    /**
     * The rates of the current tenant that apply to what is sent there at that time, at most one for each tax category: that
     * of the state, else of the country, else of everywhere. A category without one is not taxed there.
     */
    @SafeToRepeat
    @PostExchange("/lookups")
    List<TaxRate> find(@RequestBody FindTaxRates query);
}
