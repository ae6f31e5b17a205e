package org.cartulary.catalog;

import java.util.regex.Pattern;
import org.cartulary.platform.http.ProblemException;

/** Names as they appear in addresses. */
final class Slugs {

    private static final int MAX_CHARACTERS = 255;
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private Slugs() {}

    /** Refuses with 422 {@code invalid-slug} what is not a slug. */
    static void require(String slug) {
        require(slug, "{slug}");
    }

    /** As {@link #require(String)}, where the slug stands elsewhere in the request. */
    static void require(String slug, String pointer) {
        if (slug.length() > MAX_CHARACTERS || !SLUG.matcher(slug).matches()) {
            String detail = "a slug is made of small letters, digits and single hyphens, at most " + MAX_CHARACTERS;
            throw ProblemException.unprocessable("invalid-slug", detail).with(pointer, "invalid", detail);
        }
    }
}
