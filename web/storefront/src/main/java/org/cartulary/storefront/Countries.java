package org.cartulary.storefront;

import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The countries of ISO 3166, to choose one. Thread-safe. */
final class Countries {

    private Countries() {}

    /** A country: its code of two letters, and its name. */
    record Country(String code, String name) {}

    private static final Map<Locale, List<Country>> BY_LANGUAGE = new ConcurrentHashMap<>();

    /** All of them, named and ordered in the language. */
    static List<Country> in(Locale language) {
        return BY_LANGUAGE.computeIfAbsent(language, Countries::sorted);
    }

    private static List<Country> sorted(Locale language) {
        return Arrays.stream(Locale.getISOCountries())
                .map(code -> new Country(code, Locale.of("", code).getDisplayCountry(language)))
                .sorted(Comparator.comparing(Country::name, Collator.getInstance(language)))
                .toList();
    }
}
