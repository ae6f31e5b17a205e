package org.cartulary.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts of several parts which differ wherever a part does: each part stands behind its length, as in netstrings (D. J. Bernstein,
 * 1997), and one that is missing differs from every text. Thread-safe.
 */
final class Netstrings {

    private static final String MISSING = "-";

    private Netstrings() {}

    /** The text of these parts in their order; lists are parts with parts of their own. */
    static String of(@Nullable Object... parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            if (part == null) {
                text.append(MISSING);
            } else {
                String content = part instanceof List<?> list ? of(list.toArray()) : part.toString();
                text.append(content.length()).append(':').append(content);
            }
        }
        return text.toString();
    }
}
