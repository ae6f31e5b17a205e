package org.cartulary.catalog;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.contracts.catalog.CatalogProduct;
import org.cartulary.platform.http.Legible;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What shall change about a product; what is left out stays as it is.
 *
 * @param clear the names of fields, as here, that the product shall have no more
 * @param slug its new name in addresses; the old one leads to it from then on. Only the shop gives one, no vendor
 */
record ProductChange(
        @Nullable @Size(min = 1, max = 500) @Legible String name,
        @Nullable @Size(max = 255) String slug,
        @Nullable @Size(max = 100_000) String description,
        @Nullable @Size(max = 1_000) String shortDescription,
        @Nullable Money price,
        @Nullable Money compareAtPrice,
        @Nullable Money cost,

        @Nullable @Pattern(regexp = "simple|configurable|service") String type,

        @Nullable @Pattern(regexp = "draft|active|archived") String status,
        @Nullable @Size(max = 255) String categorySlug,
        @Nullable @Size(max = 255) String brandSlug,
        @Nullable @Size(max = 255) String manufacturerSlug,
        @Nullable UUID vendorId,
        @Nullable @Size(max = 50) List<@NotBlank @Size(max = 100) @Legible String> tags,
        @Nullable @Size(max = 200) Map<String, Object> attributes,
        @Nullable @Size(max = 200) Map<String, Object> metadata,

        @Nullable @DecimalMin("0") @Digits(integer = 6, fraction = 3) BigDecimal weightKg,

        @Nullable @Pattern(regexp = CatalogProduct.TAX_CATEGORY) String taxCategory,

        @Nullable @Valid Dimensions dimensions,
        @Nullable Boolean featured,
        @Nullable @Size(max = 50) List<@NotNull @Valid ImageDraft> images,
        @Nullable @Size(max = 200) List<@NotNull @Valid Specification> specifications,
        @Nullable @Size(max = 10) List<@NotNull @Pattern(regexp = CLEARABLE) String> clear) {

    private static final String CLEARABLE =
            "description|shortDescription|compareAtPrice|cost|categorySlug|brandSlug|manufacturerSlug|weightKg|dimensions";
}
