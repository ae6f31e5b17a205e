package org.cartulary.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.contracts.catalog.ChosenOption;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.money.Money;

/** Sets in what a product's variants differ and which there are, and says in the caller's words why it cannot. Thread-safe. */
final class SettingVariants {

    private static final int MAX_SKU = 255;

    private final ProductStore products;
    private final VariantStore variants;

    SettingVariants(ProductStore products, VariantStore variants) {
        this.products = products;
        this.variants = variants;
    }

    /** Replaces options and variants, if the product still has the version that the caller has read. */
    void set(UUID productId, long expectedVersion, VariantsDraft draft) {
        ProductView product = existing(productId);
        requireOptions(draft.options());
        requireVariants(draft, product.price());
        write(productId, expectedVersion, draft);
    }

    /** Adds a variant, for sale at the product's price, for every combination of choices that has none. */
    void completeMatrix(UUID productId, long expectedVersion) {
        ProductView product = existing(productId);
        if (product.options().isEmpty()) {
            throw ProblemException.unprocessable("no-options", "the product has no options to combine");
        }
        List<VariantDraft> all = new ArrayList<>(
                product.variants().stream().map(SettingVariants::draft).toList());
        Set<Map<String, String>> taken = all.stream().map(VariantDraft::options).collect(Collectors.toSet());
        Set<String> skus = all.stream().map(VariantDraft::sku).collect(Collectors.toSet());
        for (Map<String, String> choices : combinations(product.options())) {
            if (taken.add(choices)) {
                all.add(new VariantDraft(sku(product.sku(), choices, skus), choices, null, null, null, null));
            }
        }
        if (all.size() > VariantsDraft.MAX_VARIANTS) {
            throw tooMany();
        }
        write(productId, expectedVersion, new VariantsDraft(product.options(), all));
    }

    private void write(UUID productId, long expectedVersion, VariantsDraft draft) {
        String outcome = variants.set(productId, expectedVersion, draft);
        switch (outcome) {
            case "changed" -> {}
            case "stale" -> throw ETags.stale();
            case "missing" -> throw WritingProducts.notFound();
            default -> throw new IllegalStateException("set_product_variants answered " + outcome);
        }
    }

    private ProductView existing(UUID productId) {
        ProductView product = products.get(productId);
        if (product == null) {
            throw WritingProducts.notFound();
        }
        return product;
    }

    private static VariantDraft draft(VariantView variant) {
        return new VariantDraft(
                variant.sku(),
                variant.options().stream().collect(Collectors.toMap(ChosenOption::name, ChosenOption::value)),
                variant.ownPrice() ? variant.price() : null,
                variant.ownPrice() ? variant.compareAtPrice() : null,
                variant.ownWeightKg(),
                variant.status());
    }

    private static List<Map<String, String>> combinations(List<OptionDraft> options) {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (OptionDraft option : options) {
            if ((long) combinations.size() * option.choices().size() > VariantsDraft.MAX_VARIANTS) {
                throw tooMany();
            }
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> before : combinations) {
                for (String choice : option.choices()) {
                    Map<String, String> one = new LinkedHashMap<>(before);
                    one.put(option.name(), choice);
                    longer.add(one);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    /** The product's sku and the choices, in capitals; with a number where another variant has that already. */
    private static String sku(String ofProduct, Map<String, String> choices, Set<String> taken) {
        String wanted = ofProduct + "-"
                + choices.values().stream()
                        .map(choice -> choice.toUpperCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", ""))
                        .collect(Collectors.joining("-"));
        String base = wanted.substring(0, Math.min(wanted.length(), MAX_SKU - 4));
        String sku = base;
        for (int copy = 2; !taken.add(sku); copy++) {
            sku = base + "-" + copy;
        }
        return sku;
    }

    private static ProblemException tooMany() {
        return ProblemException.unprocessable(
                "too-many-variants", "a product has at most " + VariantsDraft.MAX_VARIANTS + " variants");
    }

    static void requireOptions(List<OptionDraft> options) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < options.size(); i++) {
            OptionDraft option = options.get(i);
            String pointer = "/options/" + i;
            if (!names.add(option.name())) {
                throw invalidOption(pointer + "/name", "a product has each option once");
            }
            if (new HashSet<>(option.choices()).size() < option.choices().size()) {
                throw invalidOption(pointer + "/choices", "an option has each choice once");
            }
            if ("number".equals(option.type()) && !option.choices().stream().allMatch(SettingVariants::isNumber)) {
                throw invalidOption(pointer + "/choices", "the choices of this option are numbers");
            }
        }
    }

    private static boolean isNumber(String choice) {
        return choice.matches("-?\\d{1,15}(\\.\\d{1,6})?");
    }

    private static ProblemException invalidOption(String pointer, String detail) {
        return ProblemException.unprocessable("invalid-option", detail).with(pointer, "invalid", detail);
    }

    static void requireVariants(VariantsDraft draft, Money ofProduct) {
        if (draft.options().isEmpty() != draft.variants().isEmpty()) {
            String detail = "variants differ by options: a product has both, or neither";
            throw ProblemException.unprocessable("incomplete-variant", detail).with("/options", "incomplete", detail);
        }
        Set<Map<String, String>> combinations = new HashSet<>();
        Set<String> skus = new HashSet<>();
        for (int i = 0; i < draft.variants().size(); i++) {
            VariantDraft variant = draft.variants().get(i);
            String pointer = "/variants/" + i;
            requireComplete(pointer, variant, draft.options());
            if (!combinations.add(variant.options())) {
                String detail = "a product has each combination once";
                throw ProblemException.unprocessable("duplicate-variant", detail)
                        .with(pointer + "/options", "duplicate", detail);
            }
            if (!skus.add(variant.sku())) {
                String detail = "each variant has a sku of its own";
                throw ProblemException.unprocessable("duplicate-sku", detail)
                        .with(pointer + "/sku", "duplicate", detail);
            }
            requirePrices(pointer, variant, ofProduct);
        }
    }

    private static void requireComplete(String pointer, VariantDraft variant, List<OptionDraft> options) {
        boolean complete = variant.options().size() == options.size()
                && options.stream()
                        .allMatch(option ->
                                option.choices().contains(variant.options().getOrDefault(option.name(), "")));
        if (!complete) {
            String detail = "a variant has one of the choices of each option, and nothing else";
            throw ProblemException.unprocessable("incomplete-variant", detail)
                    .with(pointer + "/options", "incomplete", detail);
        }
    }

    private static void requirePrices(String pointer, VariantDraft variant, Money ofProduct) {
        WritingProducts.requireMoney(pointer + "/price", variant.price(), ofProduct.currencyCode());
        WritingProducts.requireMoney(pointer + "/compareAtPrice", variant.compareAtPrice(), ofProduct.currencyCode());
        Money price = variant.price();
        Money compareAt = variant.compareAtPrice();
        if (compareAt != null && (price == null || compareAt.compareTo(price) <= 0)) {
            throw WritingProducts.compareAtPriceTooLow()
                    .with(pointer + "/compareAtPrice", "too-low", "it is not greater than the variant's own price");
        }
    }
}
