package org.cartulary.contracts.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A product as other services see it.
 *
 * @param sellable whether it is active and not deleted
 * @param weightKg its weight in kilograms, where known
 * @param taxCategory a code that says at which rate the shop taxes it, as {@link #TAX_CATEGORY} has them; {@link #STANDARD_TAX}
 *     where nothing else was said
 * @param vendor whose it is, with what the shop keeps of a sale at present; {@code null} for the shop's own
 * @param categoryIds its category and those above it
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
        String taxCategory,
        @Nullable VendorShare vendor,
        List<UUID> categoryIds) {

    /** The regular expression of the codes of tax categories. */
    public static final String TAX_CATEGORY = "[a-z][a-z0-9-]{0,29}";

    /** The tax category of products of which nothing else was said. */
    public static final String STANDARD_TAX = "standard";
}
