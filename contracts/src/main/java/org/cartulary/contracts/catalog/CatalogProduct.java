package org.cartulary.contracts.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What is sold, as other services see it: a product, or a variant of one. All others know it by its id alone.
 *
 * @param name of a variant with its options, such as "Shirt — M, blue"
 * @param slug of the product, also for a variant
 * @param sellable whether it is active, not deleted, and no product of which a variant has to be chosen
 * @param weightKg its weight in kilograms, where known
 * @param taxCategory a code that says at which rate the shop taxes it, as {@link #TAX_CATEGORY} has them; {@link #STANDARD_TAX}
 *     where nothing else was said
 * @param vendor whose it is, with what the shop keeps of a sale at present; {@code null} for the shop's own
 * @param categoryIds its category and those above it
 * @param deleted whether it, or the product of which it is a variant, was deleted
 * @param variantRequired whether it is a product with variants, each of which is sold under its own id
 * @param variantOf of which product it is a variant; {@code null} for a product
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
        List<UUID> categoryIds,
        boolean deleted,
        boolean variantRequired,
        @Nullable VariantOf variantOf) {

    /** The regular expression of the codes of tax categories. */
    public static final String TAX_CATEGORY = "[a-z][a-z0-9-]{0,29}";

    /** The tax category of products of which nothing else was said. */
    public static final String STANDARD_TAX = "standard";

    /** The ids under which promotions may name it: of a variant its own and that of its product. */
    public List<UUID> productIds() {
        return variantOf == null ? List.of(id) : List.of(id, variantOf.productId());
    }
}
