package org.cartulary.catalog;

import org.cartulary.contracts.catalog.ListedStockApi;
import org.cartulary.contracts.inventory.PresencesAfter;
import org.cartulary.contracts.inventory.StockPresence;
import org.cartulary.contracts.reconciliation.FactPage;
import org.springframework.web.bind.annotation.RestController;

/** What the catalogue believes of the stock. */
@RestController
final class ListedStockEndpoint implements ListedStockApi {

    private final SoldStockStore store;

    ListedStockEndpoint(SoldStockStore store) {
        this.store = store;
    }

    @Override
    public FactPage<StockPresence> listed(PresencesAfter query) {
        return new FactPage<>(store.known(query));
    }
}
