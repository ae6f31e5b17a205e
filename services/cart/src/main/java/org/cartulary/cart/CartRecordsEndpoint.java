package org.cartulary.cart;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cartulary.contracts.cart.CartRecordsApi;
import org.cartulary.contracts.privacy.ErasedRecords;
import org.cartulary.contracts.privacy.KeptRecords;
import org.cartulary.contracts.privacy.Traces;
import org.springframework.web.bind.annotation.RestController;

/** What carts say of people: what they thought of buying. All stores are asked in which there may be carts. */
@RestController
final class CartRecordsEndpoint implements CartRecordsApi {

    private final List<CartRecords> stores;

    CartRecordsEndpoint(List<CartRecords> stores) {
        this.stores = List.copyOf(stores);
    }

    @Override
    public KeptRecords export(Traces traces) {
        return new KeptRecords(stores.stream()
                .flatMap(store -> Stream.of(store.export(traces), store.exportSaved(traces)))
                .toList());
    }

    @Override
    public Traces trace(Traces traces) {
        return stores.stream().map(store -> store.trace(traces)).reduce(traces, Traces::and);
    }

    @Override
    public ErasedRecords erase(Traces traces) {
        List<ErasedRecords> erased =
                stores.stream().map(store -> store.erase(traces)).toList();
        return new ErasedRecords(
                erased.stream().mapToInt(ErasedRecords::rows).sum(),
                erased.stream()
                        .map(ErasedRecords::waitsFor)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }
}
