package org.cartulary.storefront;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.pages.PageInfo;
import org.cartulary.pages.Paths;
import org.cartulary.pages.Pictures;
import org.cartulary.platform.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the API answers about what the shop sells, as far as pages show it. */
final class Catalogue {

    private Catalogue() {}

    record Rating(@Nullable BigDecimal average, long count) {

        /** The average in half stars, from 0 to 10. */
        public long halfStars() {
            return average == null ? 0 : Math.round(average.doubleValue() * 2);
        }
    }

    record Category(
            String slug,
            String name,
            @Nullable String parentSlug,
            @Nullable String description,
            @Nullable String imageUrl) {}

    record CategoryPage(List<Category> items, PageInfo page) {}

    record Categories(List<Category> items) {

        public List<Category> below(@Nullable String parent) {
            return items.stream()
                    .filter(category ->
                            parent == null ? category.parentSlug() == null : parent.equals(category.parentSlug()))
                    .toList();
        }

        public @Nullable Category find(String slug) {
            return items.stream()
                    .filter(category -> category.slug().equals(slug))
                    .findFirst()
                    .orElse(null);
        }
    }

    record Listed(
            UUID id,
            String slug,
            String name,
            @Nullable String shortDescription,
            Money price,
            @Nullable Money compareAtPrice,
            Money priceFrom,
            @Nullable String imageUrl,
            boolean inStock,
            Rating rating) {

        /** Whether its variants have different prices. */
        public boolean hasManyPrices() {
            return !price.equals(priceFrom);
        }

        /** How many per cent it is cheaper than before, 0 if it is not. */
        public int percentOff() {
            return Catalogue.percentOff(priceFrom, compareAtPrice);
        }

        public @Nullable String pictureWithin(int pixels) {
            return Pictures.within(imageUrl, pixels);
        }
    }

    record ListedPage(List<Listed> items, PageInfo page) {}

    record Image(String url, @Nullable String altText) {

        public @Nullable String within(int pixels) {
            return Pictures.within(url, pixels);
        }
    }

    record Reference(UUID id, String name, String slug) {}

    record Option(String name) {}

    record ChosenOption(String name, String value) {}

    record Specification(String name, String value) {}

    record Variant(
            UUID id,
            String sku,
            String name,
            List<ChosenOption> options,
            Money price,
            @Nullable Money compareAtPrice,
            String status) {

        /** What tells it from its siblings. */
        public String label() {
            return String.join(" · ", options.stream().map(ChosenOption::value).toList());
        }
    }

    record Product(
            UUID id,
            String sku,
            String slug,
            String name,
            @Nullable String description,
            @Nullable String shortDescription,
            Money price,
            @Nullable Money compareAtPrice,
            @Nullable Money lowestPriceOf30Days,
            Money priceFrom,
            Map<String, JsonNode> attributes,
            @Nullable Reference category,
            @Nullable Reference brand,
            List<Image> images,
            List<Specification> specifications,
            List<Variant> variants,
            Rating rating) {

        /** The paragraphs of the description. */
        public List<String> paragraphs() {
            return description == null
                    ? List.of()
                    : description.lines().filter(line -> !line.isBlank()).toList();
        }

        public int percentOff() {
            return Catalogue.percentOff(priceFrom, compareAtPrice);
        }

        /** What its variants differ in. */
        public String optionNames() {
            return variants.isEmpty()
                    ? ""
                    : String.join(
                            " · ",
                            variants.getFirst().options().stream()
                                    .map(ChosenOption::name)
                                    .toList());
        }

        /** Its attributes as texts; several values of one stand in a row. */
        public Map<String, String> facts() {
            Map<String, String> facts = new LinkedHashMap<>();
            attributes.forEach((name, value) -> facts.put(name, text(value)));
            // What the shop says at more length is not said twice.
            specifications.forEach(specification -> facts.keySet().removeIf(specification.name()::equalsIgnoreCase));
            return facts;
        }

        private static String text(JsonNode value) {
            return value.isArray()
                    ? value.values().stream().map(JsonNode::asString).collect(Collectors.joining(", "))
                    : value.asString();
        }
    }

    record Availability(UUID productId, int available, boolean inStock) {

        private static final int FEW = 5;

        public boolean isFew() {
            return inStock && available <= FEW;
        }

        /** The most that can be put into a cart at once; a field of a form needs at least one. */
        public int mostToBuy() {
            return Math.max(1, available);
        }
    }

    record Review(
            UUID id,
            int rating,
            String author,
            @Nullable String title,
            @Nullable String text,
            boolean verifiedPurchase,
            Instant createdAt) {}

    record Reviews(List<Review> items, PageInfo page) {}

    record Place(String slug, String name, long count) {

        FacetChoices.Choice asChoice(boolean chosen) {
            return new FacetChoices.Choice(slug, name, count, chosen);
        }
    }

    record Value(String value, long count) {}

    record Attribute(String name, List<Value> values) {

        public FacetChoices asChoices(Filters filters) {
            return FacetChoices.of(values.stream()
                    .map(value -> new FacetChoices.Choice(
                            name + ":" + value.value(),
                            value.value(),
                            value.count(),
                            filters.hasAttribute(name, value.value())))
                    .toList());
        }
    }

    record Stock(long inStock) {}

    record Prices(Money from, Money to) {}

    record Facets(
            long total,
            List<Place> categories,
            List<Place> brands,
            List<Attribute> attributes,
            Stock stock,
            @Nullable Prices prices) {

        public FacetChoices categoriesAsChoices(Filters filters) {
            return FacetChoices.of(categories.stream()
                    .map(place -> place.asChoice(filters.hasCategory(place.slug())))
                    .toList());
        }

        public FacetChoices brandsAsChoices(Filters filters) {
            return FacetChoices.of(brands.stream()
                    .map(place -> place.asChoice(filters.hasBrand(place.slug())))
                    .toList());
        }
    }

    record Suggestion(
            String kind,
            String text,
            @Nullable String slug,
            @Nullable String imageUrl) {

        public String address() {
            return switch (kind) {
                case "PRODUCT" -> "/products/" + slug;
                case "CATEGORY" -> "/categories/" + slug;
                default -> "/search?query=" + Paths.encoded(text);
            };
        }

        public @Nullable String pictureWithin(int pixels) {
            return Pictures.within(imageUrl, pixels);
        }
    }

    record Suggestions(List<Suggestion> items) {}

    private static int percentOff(Money price, @Nullable Money before) {
        if (before == null || before.compareTo(price) <= 0) {
            return 0;
        }
        long saved = before.minorUnits() - price.minorUnits();
        return Math.toIntExact(saved * 100 / before.minorUnits());
    }
}
