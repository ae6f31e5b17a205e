package org.cartulary.app.retail;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** ISO 3166-1 codes of the country names in the file. */
final class RetailCountries {

    /** The user-assigned code for a country that is not known. */
    private static final String UNKNOWN = "ZZ";

    private static final Map<String, String> CODES = codes();

    private RetailCountries() {}

    /** The code; {@code ZZ} where the file says "Unspecified" or names no country of ISO 3166-1. */
    static String code(String name) {
        return CODES.getOrDefault(name, UNKNOWN);
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            codes.put(Locale.of("", code).getDisplayCountry(Locale.ENGLISH), code);
        }
        codes.put("EIRE", "IE");
        codes.put("RSA", "ZA");
        codes.put("USA", "US");
        codes.put("Czech Republic", "CZ");
        codes.put("Hong Kong", "HK");
        // The Channel Islands are two territories; the file does not say which, and Jersey is the larger.
        codes.put("Channel Islands", "JE");
        // Exceptionally reserved for the European Union, which the European Community became.
        codes.put("European Community", "EU");
        return Map.copyOf(codes);
    }
}
