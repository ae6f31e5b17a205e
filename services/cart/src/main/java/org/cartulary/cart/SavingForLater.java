package org.cartulary.cart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.contracts.catalog.CatalogApi;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.catalog.FindProducts;
import org.cartulary.contracts.inventory.Availability;
import org.cartulary.contracts.inventory.FindAvailability;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.GuestTokens;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Moves lines between carts and what is saved for later, and shows that with what catalogue and stock say now. Thread-safe. */
final class SavingForLater {

    private final SavedLists saved;
    private final CatalogApi catalog;
    private final InventoryApi inventory;
    private final TenantApi tenants;

    SavingForLater(SavedLists saved, CatalogApi catalog, InventoryApi inventory, TenantApi tenants) {
        this.saved = saved;
        this.catalog = catalog;
        this.inventory = inventory;
        this.tenants = tenants;
    }

    /** Moves a line of the cart to what is saved for later. */
    void save(UUID cart, CartOwner owner, @Nullable Long version, UUID product) {
        CartRefusals.done(saved.save(cart, owner, version, cartDays(), product));
    }

    /** Moves what is saved of a product back into the cart, at today's price. */
    void restore(UUID cart, CartOwner owner, @Nullable Long version, UUID product) {
        int days = cartDays();
        Money price = FillingCart.priced(
                        List.of(new FillingCart.Wanted(product, 1)),
                        products(List.of(product)),
                        FillingCart.Named.IN_PATH)
                .getFirst()
                .unitPrice();
        CartRefusals.done(saved.restore(cart, owner, version, days, product, price));
    }

    /** Takes a product off what is saved. */
    void remove(CartOwner owner, UUID product) {
        saved.remove(owner, product);
    }

    /** Moves what a guest has saved to the customer's list. */
    void merge(UUID customer, String guestToken) {
        switch (saved.merge(customer, GuestTokens.idOf(guestToken))) {
            case SavedChange.Done() -> {}
            case SavedChange.TooManySaved() -> throw CartRefusals.tooManySaved();
        }
    }

    /** What the owner has saved, as the owner sees it now. */
    SavedItemsView view(CartOwner owner) {
        List<SavedItem> items = saved.find(owner);
        if (items.isEmpty()) {
            return new SavedItemsView(List.of(), List.of());
        }
        List<UUID> ids = items.stream().map(SavedItem::productId).toList();
        Map<UUID, CatalogProduct> products = products(ids);
        Map<UUID, Integer> stock = inventory.availability(new FindAvailability(ids)).stream()
                .collect(Collectors.toMap(Availability::productId, Availability::available));
        List<SavedItemsView.Item> shown = new ArrayList<>();
        List<CartView.Removed> removed = new ArrayList<>();
        for (SavedItem item : items) {
            CatalogProduct product = products.get(item.productId());
            if (product != null && product.deleted()) {
                removed.add(
                        new CartView.Removed(product.id(), product.sku(), product.name(), item.quantity(), "deleted"));
            } else {
                shown.add(shown(item, product, stock.getOrDefault(item.productId(), 0)));
            }
        }
        return new SavedItemsView(shown, removed);
    }

    private static SavedItemsView.Item shown(SavedItem item, @Nullable CatalogProduct product, int stock) {
        Money price = product == null ? item.unitPrice() : product.price();
        return new SavedItemsView.Item(
                item.productId(),
                product == null ? "" : product.sku(),
                product == null ? "" : product.name(),
                product == null ? null : product.imageUrl(),
                item.quantity(),
                price,
                !price.equals(item.unitPrice()),
                product != null && product.sellable(),
                stock >= item.quantity(),
                stock,
                price.equals(item.unitPrice()) ? null : item.unitPrice(),
                product == null ? null : product.variantOf(),
                item.savedAt());
    }

    private Map<UUID, CatalogProduct> products(List<UUID> ids) {
        return catalog.find(new FindProducts(ids)).stream()
                .collect(Collectors.toMap(CatalogProduct::id, Function.identity()));
    }

    private int cartDays() {
        Tenant tenant = tenants.find(new FindTenant(RequestContext.currentTenant()));
        if (tenant == null) {
            throw ProblemException.notFound("tenant-not-found", "there is no such shop");
        }
        return tenant.settings().cartDays();
    }
}
