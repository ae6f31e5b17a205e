package org.cartulary.checkout;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.contracts.catalog.CatalogApi;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.catalog.FindProducts;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** What the lines of a checkout cost by the catalogue. Thread-safe. */
record PricingLines(CatalogApi catalog) {

    /** Prices the lines, or says which products cannot be sold. */
    List<CheckoutLine> price(List<OpenCheckoutLine> asked, Currency currency) {
        Map<UUID, CatalogProduct> products =
                products(asked.stream().map(OpenCheckoutLine::productId).toList());
        requireKnown(asked, products);
        List<CheckoutLine> lines = asked.stream()
                .map(line -> priced(line, found(products, line.productId()), currency))
                .toList();
        ProblemException unavailable = unavailable(lines, products);
        if (unavailable != null) {
            throw unavailable;
        }
        return lines;
    }

    /** Refuses lines that together exceed the greatest amount. */
    static void requireReckonable(List<CheckoutLine> lines, Currency currency) {
        try {
            Money.sum(lines.stream().map(line -> line.total(currency)).toList(), currency);
        } catch (ArithmeticException e) {
            throw ProblemException.unprocessable(
                    "total-too-large", "the lines together exceed the greatest amount, 99,999,999.99");
        }
    }

    /**
     * Lines that were looked at again.
     *
     * @param lines with the tax categories that their products have now
     * @param problem why they cannot be ordered at these prices any more; {@code null} if they can
     */
    record Rechecked(List<CheckoutLine> lines, @Nullable ProblemException problem) {}

    /** Whether the lines can still be ordered at these prices. */
    Rechecked recheck(List<CheckoutLine> lines, Currency currency) {
        Map<UUID, CatalogProduct> products =
                products(lines.stream().map(CheckoutLine::productId).toList());
        ProblemException unavailable = unavailable(lines, products);
        if (unavailable != null) {
            return new Rechecked(lines, unavailable);
        }
        List<CheckoutLine> taxedNow = lines.stream()
                .map(line -> line.taxedAs(found(products, line.productId()).taxCategory()))
                .toList();
        List<Integer> changed = IntStream.range(0, lines.size())
                .filter(i -> !lines.get(i).priceOverridden())
                .filter(i -> !found(products, lines.get(i).productId())
                        .price()
                        .equals(lines.get(i).price(currency)))
                .boxed()
                .toList();
        if (changed.isEmpty()) {
            return new Rechecked(taxedNow, null);
        }
        ProblemException problem = ProblemException.conflict(
                "price-changed", "prices have changed since the checkout was opened: open a new one");
        changed.forEach(i -> problem.with(
                "/lines/" + i + "/unitPrice",
                "price-changed",
                "now " + found(products, lines.get(i).productId()).price()));
        return new Rechecked(taxedNow, problem);
    }

    private Map<UUID, CatalogProduct> products(List<UUID> ids) {
        return catalog.find(new FindProducts(ids.stream().distinct().toList())).stream()
                .collect(Collectors.toMap(CatalogProduct::id, Function.identity()));
    }

    private static CatalogProduct found(Map<UUID, CatalogProduct> products, UUID id) {
        CatalogProduct product = products.get(id);
        if (product == null) {
            throw new IllegalStateException("the product " + id + " was looked for before");
        }
        return product;
    }

    private static void requireKnown(List<OpenCheckoutLine> asked, Map<UUID, CatalogProduct> products) {
        List<Integer> unknown = IntStream.range(0, asked.size())
                .filter(i -> !products.containsKey(asked.get(i).productId()))
                .boxed()
                .toList();
        if (!unknown.isEmpty()) {
            ProblemException problem =
                    ProblemException.unprocessable("unknown-product", "the shop does not have all of these products");
            unknown.forEach(
                    i -> problem.with("/lines/" + i + "/productId", "unknown-product", "there is no such product"));
            throw problem;
        }
    }

    private static @Nullable ProblemException unavailable(
            List<CheckoutLine> lines, Map<UUID, CatalogProduct> products) {
        List<Integer> unsellable = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            CatalogProduct product = products.get(lines.get(i).productId());
            if (product == null || !product.sellable()) {
                unsellable.add(i);
            }
        }
        if (unsellable.isEmpty()) {
            return null;
        }
        ProblemException problem =
                ProblemException.conflict("product-unavailable", "not all of these products are for sale");
        unsellable.forEach(i -> problem.with("/lines/" + i, "product-unavailable", "this product is not for sale"));
        return problem;
    }

    private static CheckoutLine priced(OpenCheckoutLine line, CatalogProduct product, Currency currency) {
        Money price = line.unitPrice() == null ? product.price() : line.unitPrice();
        if (!price.currency().equals(currency)) {
            throw ProblemException.unprocessable(
                    "currency-mismatch", "the shop sells in " + currency + ", not in " + price.currency());
        }
        if (price.isNegative()) {
            throw ProblemException.unprocessable("invalid-money", "a price is not negative");
        }
        return new CheckoutLine(
                product.id(),
                product.sku(),
                product.name(),
                product.imageUrl(),
                line.quantity(),
                price.amount(),
                line.unitPrice() != null,
                product.vendor(),
                product.taxCategory(),
                product.weightKg(),
                product.categoryIds());
    }
}
