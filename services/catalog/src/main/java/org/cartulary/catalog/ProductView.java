package org.cartulary.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.contracts.catalog.ChosenOption;
import org.cartulary.platform.audit.NotPersonal;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A product with all that belongs to it: to customers at the prices that apply, to those who write it at those that they have set.
 *
 * @param compareAtPrice the greater price that the price is said to be reduced from
 * @param lowestPriceOf30Days where the price is reduced, the lowest of the 30 days before; {@code null} where none is known, and
 *     for those who write the product
 */
record ProductView(
        UUID id,
        String sku,
        String slug,
        String type,
        String name,
        @Nullable String description,
        @Nullable String shortDescription,
        Money price,
        @Nullable Money compareAtPrice,
        @Nullable Money lowestPriceOf30Days,
        @Nullable BigDecimal weightKg,
        String taxCategory,
        @Nullable Dimensions dimensions,
        @NotPersonal("of a product") Map<String, Object> attributes,
        List<String> tags,
        String status,
        boolean featured,
        @Nullable Reference category,
        @Nullable Reference brand,
        @Nullable Reference manufacturer,
        @Nullable UUID vendorId,
        List<Image> images,
        List<Specification> specifications,
        List<OptionDraft> options,
        List<VariantView> variants,
        Rating rating,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** The lowest price at which it can be bought: that of a variant, if it has any for sale. */
    @JsonProperty
    Money priceFrom() {
        return variants.stream()
                .filter(variant -> variant.status().equals("active"))
                .map(VariantView::price)
                .min(Comparator.naturalOrder())
                .orElse(price);
    }

    /** The same without the variants that are not for sale. */
    ProductView forSale() {
        List<VariantView> active = variants.stream()
                .filter(variant -> variant.status().equals("active"))
                .toList();
        return new ProductView(
                id,
                sku,
                slug,
                type,
                name,
                description,
                shortDescription,
                price,
                compareAtPrice,
                lowestPriceOf30Days,
                weightKg,
                taxCategory,
                dimensions,
                attributes,
                tags,
                status,
                featured,
                category,
                brand,
                manufacturer,
                vendorId,
                images,
                specifications,
                options,
                active,
                rating,
                version,
                createdAt,
                updatedAt);
    }

    /** A category, brand or manufacturer. */
    record Reference(UUID id, String name, String slug) {}

    /**
     * A picture.
     *
     * @param width pixels of what is at the url; {@code null} where the picture is elsewhere
     * @param sizes in which it can be fetched, the largest first; none where it is elsewhere
     */
    record Image(
            UUID id,
            String url,
            @Nullable String altText,
            boolean primary,
            @Nullable Integer width,
            @Nullable Integer height,
            List<ImageSize> sizes) {}

    /** A picture in one size, in pixels. */
    record ImageSize(String url, int width, int height) {}

    /** All that belongs to a product, as one JSON document. */
    record Relations(
            @Nullable Dimensions dimensions,
            Map<String, Object> attributes,
            @Nullable Reference category,
            @Nullable Reference brand,
            @Nullable Reference manufacturer,
            List<Image> images,
            List<Specification> specifications,
            List<OptionDraft> options,
            List<Variant> variants) {}

    /** A variant as the database writes it. */
    record Variant(
            UUID id,
            String sku,
            String name,
            BigDecimal price,
            @Nullable BigDecimal compareAtPrice,
            @Nullable BigDecimal lowestPrice,
            boolean ownPrice,
            @Nullable BigDecimal weightKg,
            @Nullable BigDecimal ownWeightKg,
            String status,
            Map<String, String> choices) {

        VariantView view(List<OptionDraft> options, Currency currency) {
            return new VariantView(
                    id,
                    sku,
                    name,
                    options.stream()
                            .map(option ->
                                    new ChosenOption(option.name(), Objects.requireNonNull(choices.get(option.name()))))
                            .toList(),
                    Money.of(price, currency),
                    compareAtPrice == null ? null : Money.of(compareAtPrice, currency),
                    lowestPrice == null ? null : Money.of(lowestPrice, currency),
                    ownPrice,
                    weightKg,
                    ownWeightKg,
                    status);
        }
    }
}
