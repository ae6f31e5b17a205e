package org.cartulary.contracts.order;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The countries to which a parcel can be sent: those with an officially assigned code in ISO 3166-1 alpha-2, as the Java
 * platform knows them, and Kosovo. Codes that ISO leaves to its users are no countries, except {@code XK}: Kosovo has no other,
 * and posts, banks and customs have agreed on this one. Codes that are merely reserved, such as {@code UK}, are not taken
 * either, since a shop that sends to {@code GB} would not know them. Thread-safe.
 */
public final class Countries {

    private static final String KOSOVO = "XK";
    private static final Set<String> CODES = Stream.concat(Stream.of(Locale.getISOCountries()), Stream.of(KOSOVO))
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> UNKNOWN = Set.of("ZZ", "EU");

    private Countries() {}

    /** Whether it is the code of a country. */
    public static boolean isCountry(String code) {
        return CODES.contains(code);
    }

    /**
     * Whether it says that the country is not known: {@code ZZ}, or {@code EU} for somewhere in the European Union. Records of
     * orders from elsewhere may have no more than that.
     */
    public static boolean isUnknown(String code) {
        return UNKNOWN.contains(code);
    }
}
