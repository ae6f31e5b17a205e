package org.cartulary.cart;

import java.util.List;
import org.cartulary.contracts.cart.CartApi;
import org.cartulary.contracts.cart.CartSnapshot;
import org.cartulary.contracts.cart.ConvertCart;
import org.cartulary.contracts.cart.FindCart;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

/** What other services may ask of carts. */
@RestController
class CartEndpoint implements CartApi {

    private final Carts carts;
    private final List<Carts> stores;

    /** Of stores of which the first is in use. */
    CartEndpoint(List<Carts> stores) {
        this.carts = stores.getFirst();
        this.stores = List.copyOf(stores);
    }

    @Override
    public @Nullable CartSnapshot find(FindCart query) {
        StoredCart cart = carts.find(query.id());
        return cart == null
                ? null
                : new CartSnapshot(
                        cart.id(),
                        cart.customerId(),
                        cart.guestId(),
                        cart.status(),
                        cart.version(),
                        cart.lines(),
                        cart.couponCode());
    }

    @Override
    public void convert(ConvertCart command) {
        carts.convert(command);
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return stores.stream()
                .flatMap(store -> store.checkInvariants().stream())
                .toList();
    }
}
