package org.cartulary.cart;

import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.contracts.cart.CartLine;
import org.cartulary.contracts.catalog.CatalogApi;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.catalog.FindProducts;
import org.cartulary.contracts.inventory.Availability;
import org.cartulary.contracts.inventory.FindAvailability;
import org.cartulary.contracts.inventory.InventoryApi;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.http.GuestTokens;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.idempotency.Idempotency;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** Changes carts at the catalogue's prices, and shows them with what catalogue and stock say now. Thread-safe. */
final class FillingCart {

    private final Carts carts;
    private final CartCoupons coupons;
    private final CatalogApi catalog;
    private final InventoryApi inventory;
    private final TenantApi tenants;

    /** Where a request names a product and its quantity, for the pointers of its errors. */
    enum Named {
        IN_LIST,
        IN_BODY,
        IN_PATH;

        String product(int index) {
            return switch (this) {
                case IN_LIST -> "/items/" + index + "/productId";
                case IN_BODY -> "/productId";
                case IN_PATH -> "{productId}";
            };
        }

        String quantity(int index) {
            return this == IN_LIST ? "/items/" + index + "/quantity" : "/quantity";
        }
    }

    /** A product that is wanted. */
    record Wanted(UUID productId, int quantity) {}

    FillingCart(Carts carts, CartCoupons coupons, CatalogApi catalog, InventoryApi inventory, TenantApi tenants) {
        this.carts = carts;
        this.coupons = coupons;
        this.catalog = catalog;
        this.inventory = inventory;
        this.tenants = tenants;
    }

    /** What was found out before the transaction: settings and priced lines, or why there are none. */
    private record Prepared(
            @Nullable TenantSettings settings,
            List<CartLine> lines,
            Map<UUID, CatalogProduct> products,
            @Nullable ProblemException problem) {

        /** What is wrong with the request becomes known only here, so that a repeated one is given its first answer. */
        TenantSettings settingsOrProblem() {
            if (problem != null) {
                throw problem;
            }
            return Objects.requireNonNull(settings);
        }
    }

    /**
     * Puts the products into the owner's active cart and shows it; a repeated request is shown the cart of the first.
     *
     * @param guestToken what a guest is told now and never again
     */
    CartView fill(CartOwner owner, List<Wanted> wanted, @Nullable String guestToken, Idempotency.Request request) {
        Prepared prepared = prepare(wanted, Named.IN_LIST);
        if (request.key() == null) {
            return view(filled(filling(owner, prepared)), prepared.products(), guestToken);
        }
        return view(
                CartRefusals.done(carts.fillOnce(request, owner, () -> filling(owner, prepared))), owner, guestToken);
    }

    private static ActiveCartStore.Filling filling(CartOwner owner, Prepared prepared) {
        TenantSettings settings = prepared.settingsOrProblem();
        return new ActiveCartStore.Filling(owner, settings.currency(), settings.cartDays(), prepared.lines());
    }

    private StoredCart filled(ActiveCartStore.Filling filling) {
        try {
            return carts.fill(filling);
        } catch (ActiveCartStore.Undone undone) {
            throw CartRefusals.of(undone.change());
        }
    }

    /** Puts a product into a cart, once for a key. */
    void add(UUID cart, CartOwner owner, Wanted wanted, Idempotency.Request request) {
        Prepared prepared = prepare(List.of(wanted), Named.IN_BODY);
        CartRefusals.done(carts.add(
                request,
                cart,
                owner,
                () -> new Carts.Addition(prepared.settingsOrProblem().cartDays(), prepared.lines())));
    }

    /** Puts what is in the guest's cart into the customer's; may be repeated. */
    UUID merge(UUID customer, String guestToken) {
        int days = settings().cartDays();
        UUID guest = GuestTokens.idOf(guestToken);
        return CartRefusals.done(carts.merge(customer, guest, days));
    }

    private Prepared prepare(List<Wanted> wanted, Named named) {
        try {
            TenantSettings settings = settings();
            Map<UUID, CatalogProduct> products =
                    products(wanted.stream().map(Wanted::productId).distinct().toList());
            return new Prepared(settings, priced(wanted, products, named), products, null);
        } catch (ProblemException problem) {
            return new Prepared(null, List.of(), Map.of(), problem);
        }
    }

    /** Sets how many of a product are wanted. */
    void set(UUID cart, CartOwner owner, @Nullable Long version, Wanted wanted) {
        int days = settings().cartDays();
        List<Wanted> one = List.of(wanted);
        CartLine line = priced(one, products(List.of(wanted.productId())), Named.IN_PATH)
                .getFirst();
        CartRefusals.done(carts.set(cart, owner, version, days, line));
    }

    /** Takes a product out of a cart. */
    void remove(UUID cart, CartOwner owner, @Nullable Long version, UUID product) {
        int days = settings().cartDays();
        CartRefusals.done(carts.remove(cart, owner, version, days, product));
    }

    /** Has the cart use a coupon, however its code is typed, or none. Whether it takes something off is seen by looking at the cart. */
    void useCoupon(UUID cart, CartOwner owner, @Nullable String code) {
        int days = settings().cartDays();
        CartRefusals.done(carts.useCoupon(cart, owner, days, code == null ? null : CartCoupons.canonical(code)));
    }

    /** The cart as its owner sees it now. */
    CartView view(UUID cart, CartOwner owner, @Nullable String guestToken) {
        StoredCart stored = carts.find(cart);
        if (stored == null || !owner.owns(stored)) {
            throw CartRefusals.notFound();
        }
        return view(stored, Map.of(), guestToken);
    }

    /** The cart with the products of which it is known what the catalogue says, so that only about others it is asked. */
    private CartView view(StoredCart stored, Map<UUID, CatalogProduct> known, @Nullable String guestToken) {
        List<UUID> ids = stored.lines().stream().map(CartLine::productId).toList();
        List<UUID> others = ids.stream().filter(id -> !known.containsKey(id)).toList();
        Map<UUID, CatalogProduct> products = new HashMap<>(known);
        if (!others.isEmpty()) {
            products.putAll(products(others));
        }
        Map<UUID, Integer> stock = ids.isEmpty()
                ? Map.of()
                : inventory.availability(new FindAvailability(ids)).stream()
                        .collect(Collectors.toMap(Availability::productId, Availability::available));
        try {
            return shown(stored, products, stock, guestToken);
        } catch (ArithmeticException e) {
            // A change is refused before that; only prices that have risen since can do it.
            throw ProblemException.conflict(
                    "cart-too-great",
                    "at today's prices the cart is worth more than 99,999,999.99: take something out");
        }
    }

    private CartView shown(
            StoredCart stored,
            Map<UUID, CatalogProduct> products,
            Map<UUID, Integer> stock,
            @Nullable String guestToken) {
        List<CartView.Line> lines = new ArrayList<>();
        List<CartView.Removed> removed = new ArrayList<>();
        Money subtotal = Money.zero(Money.currencyOf(stored.currency()));
        for (CartLine line : stored.lines()) {
            CatalogProduct product = products.get(line.productId());
            if (product != null && product.deleted()) {
                removed.add(
                        new CartView.Removed(product.id(), product.sku(), product.name(), line.quantity(), "deleted"));
                continue;
            }
            CartView.Line shown = line(line, product, stock.getOrDefault(line.productId(), 0), subtotal.currency());
            lines.add(shown);
            if (shown.available()) {
                subtotal = subtotal.plus(shown.lineTotal());
            }
        }
        return new CartView(
                stored.id(),
                stored.status(),
                stored.version(),
                lines,
                removed,
                lines.stream().mapToLong(CartView.Line::quantity).sum(),
                subtotal,
                coupons.of(
                        stored, lines.stream().filter(CartView.Line::available).toList(), products),
                stored.expiresAt(),
                stored.continuedIn(),
                guestToken);
    }

    /** What is sold in another currency now than the cart is in is not available in it. */
    private static CartView.Line line(CartLine line, @Nullable CatalogProduct product, int stock, Currency ofCart) {
        Money price = product == null ? line.unitPrice() : product.price();
        return new CartView.Line(
                line.productId(),
                product == null ? "" : product.sku(),
                product == null ? "" : product.name(),
                product == null ? null : product.imageUrl(),
                line.quantity(),
                price,
                price.times(line.quantity()),
                !price.equals(line.unitPrice()),
                product != null && product.sellable() && price.currency().equals(ofCart),
                stock >= line.quantity(),
                stock,
                price.equals(line.unitPrice()) ? null : line.unitPrice(),
                product == null ? null : product.variantOf());
    }

    /** The wanted products at the catalogue's prices; a product that is named twice becomes one line. */
    static List<CartLine> priced(List<Wanted> wanted, Map<UUID, CatalogProduct> products, Named named) {
        Map<UUID, CartLine> lines = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            Wanted one = wanted.get(i);
            CatalogProduct product = products.get(one.productId());
            if (product != null && product.variantRequired()) {
                throw ProblemException.unprocessable(
                                "variant-required", "one of the product's variants is to be chosen")
                        .with(
                                named.product(i),
                                "variant-required",
                                "a variant of this product is sold, not the product");
            }
            if (product == null || !product.sellable()) {
                throw ProblemException.unprocessable("unknown-product", "the shop does not sell this product")
                        .with(named.product(i), "unknown-product", "there is no product " + one.productId());
            }
            CartLine line = lines.merge(
                    one.productId(),
                    new CartLine(one.productId(), one.quantity(), product.price()),
                    (a, b) -> new CartLine(a.productId(), a.quantity() + b.quantity(), a.unitPrice()));
            if (line.quantity() > Cart.MAX_QUANTITY) {
                throw CartRefusals.quantityTooGreat()
                        .with(named.quantity(i), "quantity-too-great", "these are too many together");
            }
            requireLineTotal(line, named.quantity(i));
        }
        return List.copyOf(lines.values());
    }

    private static void requireLineTotal(CartLine line, String pointer) {
        try {
            line.unitPrice().times(line.quantity());
        } catch (ArithmeticException e) {
            throw ProblemException.unprocessable("line-too-great", "a line is worth at most 99,999,999.99")
                    .with(pointer, "line-too-great", "so many units are worth more than that");
        }
    }

    private Map<UUID, CatalogProduct> products(List<UUID> ids) {
        return catalog.find(new FindProducts(ids)).stream()
                .collect(Collectors.toMap(CatalogProduct::id, Function.identity()));
    }

    private TenantSettings settings() {
        Tenant tenant = tenants.find(new FindTenant(RequestContext.currentTenant()));
        if (tenant == null) {
            throw ProblemException.notFound("tenant-not-found", "there is no such shop");
        }
        return tenant.settings();
    }
}
