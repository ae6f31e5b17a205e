package org.cartulary.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;

/** What the forms of variants say, as the API takes it. Pure, but for the fields that are read. */
final class VariantForm {

    private static final int MOST_OPTIONS = 5;
    /** One more than the API takes, so that it says so. */
    private static final int MOST_COMBINATIONS = 501;

    private VariantForm() {}

    /** The options that a product has, and empty ones to fill. */
    static List<Products.Option> shown(Products.Product product) {
        List<Products.Option> shown = new ArrayList<>(product.optionsOrNone());
        while (shown.size() < Math.min(MOST_OPTIONS, product.optionsOrNone().size() + 2)) {
            shown.add(new Products.Option("", null, List.of()));
        }
        return shown;
    }

    /** The options as they were typed; one without a name or without choices is none. */
    static List<Products.Option> options(Visit visit, Products.Product product) {
        List<Products.Option> options = new ArrayList<>();
        for (int number = 0; number < MOST_OPTIONS; number++) {
            String name = visit.field("option-" + number);
            List<String> choices = Arrays.stream(
                            visit.field("choices-" + number).split(",", -1))
                    .map(String::strip)
                    .filter(choice -> !choice.isEmpty())
                    .distinct()
                    .toList();
            if (!name.isEmpty() && !choices.isEmpty()) {
                options.add(new Products.Option(name, typeOf(name, product), choices));
            }
        }
        return options;
    }

    private static @Nullable String typeOf(String option, Products.Product product) {
        return product.optionsOrNone().stream()
                .filter(known -> known.name().equals(option))
                .map(Products.Option::type)
                .findFirst()
                .orElse(null);
    }

    /** The variants that are there, with the numbers, prices and states that were typed. */
    static List<Map<String, @Nullable Object>> changed(Visit visit, Products.Product product) {
        List<Map<String, @Nullable Object>> variants = new ArrayList<>();
        for (Products.Variant variant : product.variantsOrNone()) {
            Map<String, @Nullable Object> draft = draft(variant);
            draft.put("sku", visit.field("sku-" + variant.id()));
            draft.put("price", Typed.money(visit, "price-" + variant.id()));
            draft.put("compareAtPrice", Typed.money(visit, "compareAtPrice-" + variant.id()));
            draft.put("status", visit.field("status-" + variant.id()));
            variants.add(draft);
        }
        return variants;
    }

    /** All combinations of the choices; one that is there keeps what it has. */
    static List<Map<String, @Nullable Object>> combinations(Products.Product product, List<Products.Option> options) {
        if (options.isEmpty()) {
            return List.of();
        }
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Products.Option option : options) {
            combinations = combinations.stream()
                    .flatMap(begun -> option.choices().stream().map(choice -> with(begun, option.name(), choice)))
                    .limit(MOST_COMBINATIONS)
                    .toList();
        }
        Map<Map<String, String>, Products.Variant> known =
                product.variantsOrNone().stream().collect(Collectors.toMap(VariantForm::choices, variant -> variant));
        Set<String> taken = known.values().stream().map(Products.Variant::sku).collect(Collectors.toSet());
        return combinations.stream()
                .map(choices -> known.containsKey(choices) ? draft(known.get(choices)) : fresh(product, choices, taken))
                .toList();
    }

    private static Map<String, String> with(Map<String, String> begun, String option, String choice) {
        Map<String, String> longer = new LinkedHashMap<>(begun);
        longer.put(option, choice);
        return longer;
    }

    private static Map<String, String> choices(Products.Variant variant) {
        return variant.options().stream().collect(Collectors.toMap(Products.Choice::name, Products.Choice::value));
    }

    private static Map<String, @Nullable Object> draft(Products.Variant variant) {
        Map<String, @Nullable Object> draft = new HashMap<>();
        draft.put("sku", variant.sku());
        draft.put("options", choices(variant));
        draft.put("price", variant.ownPrice() ? variant.price() : null);
        draft.put("compareAtPrice", variant.ownPrice() ? variant.compareAtPrice() : null);
        draft.put("weightKg", variant.ownWeight() ? variant.weightKg() : null);
        draft.put("status", variant.status());
        return draft;
    }

    /** One with a number of its own: choices that differ in signs alone would share one. */
    private static Map<String, @Nullable Object> fresh(
            Products.Product product, Map<String, String> choices, Set<String> taken) {
        String ending =
                String.join("-", choices.values()).toUpperCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
        String sku = product.sku() + "-" + ending;
        for (int number = 2; !taken.add(sku); number++) {
            sku = product.sku() + "-" + ending + "-" + number;
        }
        return Map.of("sku", sku, "options", choices);
    }
}
