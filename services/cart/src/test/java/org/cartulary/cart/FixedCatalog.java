package org.cartulary.cart;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.cartulary.contracts.catalog.CatalogApi;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.catalog.FindProducts;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.ids.Ids;
import org.cartulary.platform.money.Money;
import org.cartulary.platform.reconciliation.InvariantResult;

/** Products that a test has made. It refuses, as a remote one does, to be asked in a transaction. */
final class FixedCatalog implements CatalogApi {

    /** The category of all products. */
    static final UUID CATEGORY = Ids.next();

    private final Map<UUID, CatalogProduct> products = new ConcurrentHashMap<>();

    /** In which currency products are sold from now on. */
    String currency = "GBP";

    UUID sells(String price) {
        UUID id = Ids.next();
        put(id, price, true);
        return id;
    }

    void put(UUID id, String price, boolean sellable) {
        put(id, price, sellable, false, false);
    }

    private void put(UUID id, String price, boolean sellable, boolean deleted, boolean variantRequired) {
        products.put(
                id,
                new CatalogProduct(
                        id,
                        "SKU",
                        "Mug",
                        "mug",
                        Money.parse(price, currency),
                        sellable,
                        "https://shop/mug.png",
                        null,
                        CatalogProduct.STANDARD_TAX,
                        null,
                        List.of(CATEGORY),
                        deleted,
                        variantRequired,
                        null));
    }

    /** A product that is sold by its variants only. */
    UUID sellsVariantsOf(String price) {
        UUID id = Ids.next();
        put(id, price, false, false, true);
        return id;
    }

    /** As the catalogue tells of a product that the shop has deleted. */
    void delete(UUID id) {
        CatalogProduct product = Objects.requireNonNull(products.get(id));
        put(id, product.price().amount().toPlainString(), false, true, false);
    }

    void forget(UUID id) {
        products.remove(id);
    }

    @Override
    public List<CatalogProduct> find(FindProducts query) {
        Database.requireNoTransaction("asking for products");
        return query.ids().stream().map(products::get).filter(Objects::nonNull).toList();
    }

    @Override
    public List<InvariantResult> checkInvariants() {
        return List.of();
    }
}
