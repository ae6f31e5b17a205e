package org.cartulary.checkout;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.contracts.catalog.VendorShare;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A line of a checkout, as it was when the checkout was opened.
 *
 * @param unitPrice in the checkout's currency
 * @param priceOverridden whether the caller set the price, so that the catalogue's does not matter
 * @param vendor whose the product is and what the shop keeps of the sale; {@code null} for the shop's own
 * @param weightKg of a unit, where known
 * @param categoryIds the category of the product and those above it
 */
record CheckoutLine(
        UUID productId,
        String sku,
        String name,
        @Nullable String imageUrl,
        int quantity,
        BigDecimal unitPrice,
        boolean priceOverridden,
        @Nullable VendorShare vendor,
        String taxCategory,
        @Nullable BigDecimal weightKg,
        List<UUID> categoryIds) {

    /** Lines that were kept by an earlier version say nothing of their categories. */
    CheckoutLine {
        taxCategory = Objects.requireNonNullElse(taxCategory, CatalogProduct.STANDARD_TAX);
        categoryIds = categoryIds == null ? List.of() : List.copyOf(categoryIds);
    }

    Money price(Currency currency) {
        return Money.of(unitPrice, currency);
    }

    Money total(Currency currency) {
        return price(currency).times(quantity);
    }

    /** The same line of a product that is taxed otherwise. */
    CheckoutLine taxedAs(String category) {
        return new CheckoutLine(
                productId,
                sku,
                name,
                imageUrl,
                quantity,
                unitPrice,
                priceOverridden,
                vendor,
                category,
                weightKg,
                categoryIds);
    }
}
