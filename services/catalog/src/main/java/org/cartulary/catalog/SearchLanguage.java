package org.cartulary.catalog;

import java.util.Arrays;
import java.util.Locale;

/** The languages whose words PostgreSQL knows the stems of, by its text search configurations. */
enum SearchLanguage {
    ARABIC("ar"),
    ARMENIAN("hy"),
    BASQUE("eu"),
    CATALAN("ca"),
    DANISH("da"),
    DUTCH("nl"),
    ENGLISH("en"),
    FINNISH("fi"),
    FRENCH("fr"),
    GERMAN("de"),
    GREEK("el"),
    HINDI("hi"),
    HUNGARIAN("hu"),
    INDONESIAN("id"),
    IRISH("ga"),
    ITALIAN("it"),
    LITHUANIAN("lt"),
    NEPALI("ne"),
    NORWEGIAN("no nb nn"),
    PORTUGUESE("pt"),
    ROMANIAN("ro"),
    RUSSIAN("ru"),
    SERBIAN("sr"),
    SPANISH("es"),
    SWEDISH("sv"),
    TAMIL("ta"),
    TURKISH("tr"),
    YIDDISH("yi"),
    /** Of all others: words are found as they are written. */
    SIMPLE("");

    /** The codes of ISO 639, with a space between them. */
    private final String codes;

    SearchLanguage(String codes) {
        this.codes = codes;
    }

    /** The language of a BCP 47 tag, such as de-AT; {@link #SIMPLE} where its stems are not known. */
    static SearchLanguage of(String tag) {
        String code = tag.split("-", 2)[0].toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(language -> (" " + language.codes + " ").contains(" " + code + " "))
                .findFirst()
                .orElse(SIMPLE);
    }

    /** The name of PostgreSQL's text search configuration. */
    String config() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The language of a configuration of that name. */
    static SearchLanguage ofConfig(String config) {
        return valueOf(config.toUpperCase(Locale.ROOT));
    }
}
