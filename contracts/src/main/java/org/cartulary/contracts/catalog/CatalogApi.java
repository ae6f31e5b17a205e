package org.cartulary.contracts.catalog;

import java.util.List;
import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.platform.remote.SafeToRepeat;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The products that a shop sells. Thread-safe. */
@HttpExchange("/internal/catalog")
public interface CatalogApi extends Reconcilable {

    /** Those of the products and variants that exist in the current tenant, deleted ones included, in no particular order. */
    @SafeToRepeat
    @PostExchange("/product-lookups")
    List<CatalogProduct> find(@RequestBody FindProducts query);
}
