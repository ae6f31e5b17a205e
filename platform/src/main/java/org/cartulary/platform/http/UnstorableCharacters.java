package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * What no text in PostgreSQL can hold, so that no request may carry it: the character U+0000, and halves of surrogate pairs,
 * which are no characters and would be kept as question marks.
 */
final class UnstorableCharacters {

    private static final String NUL = "this has to be without the character U+0000";
    private static final String HALF = "this has to be without a surrogate that is not one of a pair";
    private static final String ENCODED = "%00";

    private UnstorableCharacters() {}

    /** Whether the text has one. */
    static boolean areIn(String text) {
        return text.indexOf('\0') >= 0 || hasHalf(text);
    }

    private static boolean hasHalf(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean isPair = i + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(i + 1));
                if (!isPair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** What a text in JSON that has one has to be. */
    static String expectedInsteadOf(String text) {
        return text.indexOf('\0') >= 0 ? NUL : HALF;
    }

    /**
     * Refuses, with 400 {@code invalid-parameter}, a parameter in the query that has the character U+0000; {@link QueryEncoding}
     * refuses halves of surrogate pairs, as they are not UTF-8. A path that has either is no valid address for the server, which
     * answers 400 before anything else sees it.
     */
    static void refuseInQuery(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null && query.contains(ENCODED)) {
            throw ProblemException.badRequest("invalid-parameter", "a parameter cannot be read")
                    .with("?" + nameOfFirstWithNul(query), "invalid-value", NUL);
        }
    }

    private static String nameOfFirstWithNul(String query) {
        for (String parameter : query.split("&", -1)) {
            if (parameter.contains(ENCODED)) {
                String name = parameter.split("=", 2)[0].replace(ENCODED, "");
                return decoded(name);
            }
        }
        return "";
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return name;
        }
    }
}
