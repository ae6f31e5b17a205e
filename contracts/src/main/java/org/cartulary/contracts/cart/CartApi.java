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

    /**
     * Marks the cart as ordered; may be repeated. A cart that is gone, or ordered before, stays so. What was put into the
     * cart after the ordered version, further products and further units, moves into the owner's other active cart,
     * which is made where there is none, in the same transaction. Of a guest's cart that was merged at log-in meanwhile,
     * what was ordered is taken out of the cart that it was merged into.
     */
    @SafeToRepeat
    @PostExchange("/conversions")
    void convert(@RequestBody ConvertCart command);
}
