package org.cartulary.admin;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.cartulary.pages.PageInfo;
import org.cartulary.pages.Pictures;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;

/** What the API answers about what the shop sells, as far as pages show it. */
final class Products {

    /** The states that a product can be in. */
    static final List<String> STATES = List.of("draft", "active", "archived");

    private Products() {}

    record Named(UUID id, String name, String slug) {}

    record Image(String url, @Nullable String altText, boolean primary) {

        public @Nullable String within(int pixels) {
            return Pictures.within(url, pixels);
        }
    }

    record Choice(String name, String value) {}

    /** In what the variants of a product differ. */
    record Option(String name, @Nullable String type, List<String> choices) {}

    record Variant(
            UUID id,
            String sku,
            String name,
            List<Choice> options,
            Money price,
            @Nullable Money compareAtPrice,
            boolean ownPrice,
            @Nullable BigDecimal weightKg,
            boolean ownWeight,
            String status) {

        /** Its price as a field shows it; empty where it costs what the product does. */
        public String typedPrice() {
            return ownPrice ? price.amount().toPlainString() : "";
        }

        public String typedCompareAtPrice() {
            return ownPrice && compareAtPrice != null ? compareAtPrice.amount().toPlainString() : "";
        }
    }

    record Product(
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
            @Nullable String taxCategory,
            @Nullable List<String> tags,
            String status,
            boolean featured,
            @Nullable Named category,
            @Nullable Named brand,
            @Nullable List<Image> images,
            @Nullable List<Option> options,
            @Nullable List<Variant> variants,
            long version) {

        public List<Option> optionsOrNone() {
            return options == null ? List.of() : options;
        }

        public @Nullable String pictureWithin(int pixels) {
            if (images == null || images.isEmpty()) {
                return null;
            }
            return images.stream()
                    .filter(Image::primary)
                    .findFirst()
                    .orElse(images.getFirst())
                    .within(pixels);
        }

        public List<Variant> variantsOrNone() {
            return variants == null ? List.of() : variants;
        }

        public List<Image> imagesOrNone() {
            return images == null ? List.of() : images;
        }
    }

    record Page(List<Product> items, PageInfo page) {}

    record Category(
            String slug,
            String name,
            @Nullable String parentSlug,
            @Nullable String description,
            @Nullable String imageUrl,
            int sortOrder,
            boolean active,
            long version) {}

    record CategoryPage(List<Category> items, PageInfo page) {}

    record Categories(List<Category> items) {

        public List<Category> below(@Nullable String parent) {
            return items.stream()
                    .filter(category ->
                            parent == null ? category.parentSlug() == null : parent.equals(category.parentSlug()))
                    .toList();
        }

        public boolean has(String slug) {
            return find(slug) != null;
        }

        @Nullable Category find(String slug) {
            return items.stream()
                    .filter(category -> category.slug().equals(slug))
                    .findFirst()
                    .orElse(null);
        }
    }

    record Maker(String slug, String name) {}

    record MakerPage(List<Maker> items, PageInfo page) {}

    record Makers(List<Maker> items) {

        public boolean has(String slug) {
            return items.stream().anyMatch(maker -> maker.slug().equals(slug));
        }
    }
}
