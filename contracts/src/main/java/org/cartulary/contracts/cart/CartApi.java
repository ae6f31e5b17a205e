package org.cartulary.contracts.cart;

import org.cartulary.contracts.reconciliation.Reconcilable;
import org.cartulary.platform.remote.SafeToRepeat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Carts. Thread-safe. */
@HttpExchange("/internal/carts")
public interface CartApi extends Reconcilable {

    /** The cart with this id in the current tenant, whoever owns it, or {@code null}. */
    @SafeToRepeat
    @PostExchange("/lookups")
    @Nullable CartSnapshot find(@RequestBody FindCart query);

    /** Marks the cart as ordered; may be repeated. A cart that is gone, or ordered before, stays so. */
    @SafeToRepeat
    @PostExchange("/conversions")
    void convert(@RequestBody ConvertCart command);
}
