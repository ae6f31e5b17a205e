package org.cartulary.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.platform.audit.NotPersonal;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** A product with all that belongs to it, as customers see it. */
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
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** A category, brand or manufacturer. */
    record Reference(UUID id, String name, String slug) {}

    /** A picture. */
    record Image(UUID id, String url, @Nullable String altText, boolean primary) {}

    /** All that belongs to a product, as one JSON document. */
    record Relations(
            @Nullable Dimensions dimensions,
            Map<String, Object> attributes,
            @Nullable Reference category,
            @Nullable Reference brand,
            @Nullable Reference manufacturer,
            List<Image> images,
            List<Specification> specifications) {}
}
