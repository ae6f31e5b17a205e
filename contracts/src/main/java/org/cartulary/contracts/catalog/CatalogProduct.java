package org.cartulary.contracts.catalog;

import java.math.BigDecimal;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A product as other services see it.
 *
 * @param sellable whether it is active and not deleted
 * @param weightKg its weight in kilograms, where known
 * @param vendor whose it is, with what the shop keeps of a sale at present; {@code null} for the shop's own
 */
public record CatalogProduct(
        UUID id,
        String sku,
        String name,
        String slug,
        Money price,
        boolean sellable,
        @Nullable String imageUrl,
        @Nullable BigDecimal weightKg,
        @Nullable VendorShare vendor) {}
