package org.cartulary.catalog;

import java.util.List;
import java.util.stream.Stream;
import org.cartulary.contracts.catalog.CatalogApi;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.catalog.FindProducts;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.reconciliation.InvariantResult;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CatalogEndpoint implements CatalogApi {

    private static final int MAX_IDS = 10_000;

    private final CachedCatalog products;
    private final CatalogInvariants invariants;
    private final PictureInvariants pictures;

    CatalogEndpoint(CachedCatalog products, CatalogInvariants invariants, PictureInvariants pictures) {
        this.products = products;
        this.invariants = invariants;
        this.pictures = pictures;
    }

    @Override
    public List<CatalogProduct> find(FindProducts query) {
        if (query.ids().isEmpty()) {
            return List.of();
        }
        if (query.ids().size() > MAX_IDS) {
            throw ProblemException.unprocessable(
                    "too-many-products", "products are looked up at most " + MAX_IDS + " at once");
        }
        return products.find(query.ids());
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return Stream.concat(invariants.check().stream(), Stream.of(pictures.check()))
                .toList();
    }
}
