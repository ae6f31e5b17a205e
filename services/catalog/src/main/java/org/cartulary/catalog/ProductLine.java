package org.cartulary.catalog;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A product as a file of products has it, with all that belongs to it: what {@link ProductDraft}, {@link VariantsDraft} and {@link
 * PricesDraft} say. What is left out gets its default where the product is new, and stays as it is where it exists.
 *
 * @param slug its name in addresses; derived from the name where a new product has none
 * @param options along with the variants, or neither
 * @param prices all besides those of product and variants: for a time, and in other currencies
 */
record ProductLine(
        String sku,
        @Nullable @Size(min = 1, max = 255) String slug,
        String name,
        @Nullable String description,
        @Nullable String shortDescription,
        Money price,
        @Nullable Money compareAtPrice,
        @Nullable Money cost,
        @Nullable String type,
        @Nullable String status,
        @Nullable String categorySlug,
        @Nullable String brandSlug,
        @Nullable String manufacturerSlug,
        @Nullable UUID vendorId,
        @Nullable List<String> tags,
        @Nullable Map<String, Object> attributes,
        @Nullable Map<String, Object> metadata,
        @Nullable BigDecimal weightKg,
        @Nullable String taxCategory,
        @Nullable Dimensions dimensions,
        @Nullable Boolean featured,
        @Nullable List<ImageDraft> images,
        @Nullable List<Specification> specifications,
        @Nullable @Size(max = VariantsDraft.MAX_OPTIONS) List<@NotNull @Valid OptionDraft> options,
        @Nullable @Size(max = VariantsDraft.MAX_VARIANTS) List<@NotNull @Valid VariantDraft> variants,
        @Nullable @Size(max = 2_000) List<@NotNull @Valid PriceLine> prices) {

    /** A price for a time or in another currency; of the variant with the sku, else of the product. */
    record PriceLine(
            @Nullable @Size(min = 1, max = 255) String variantSku,
            @NotNull Money price,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt) {

        /** The same, without what it is the price of. */
        PriceDraft draft() {
            return new PriceDraft(null, price, startsAt, endsAt);
        }
    }

    /** What the endpoints for single products and batches of them know of it. */
    ProductDraft draft() {
        return new ProductDraft(
                sku,
                name,
                description,
                shortDescription,
                price,
                compareAtPrice,
                cost,
                type,
                status,
                categorySlug,
                brandSlug,
                manufacturerSlug,
                vendorId,
                tags,
                attributes,
                metadata,
                weightKg,
                taxCategory,
                dimensions,
                featured,
                images,
                specifications);
    }
}
