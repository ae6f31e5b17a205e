package org.cartulary.pages;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses of pictures in the sizes that the API offers. */
public final class Pictures {

    /** Only pictures that the shop was sent have sizes; those that lie elsewhere are shown as they are. */
    private static final Pattern OF_THE_SHOP = Pattern.compile("(/api/v1/store/images/[^/]+/)\\d+");

    private Pictures() {}

    /** The picture within so many pixels, {@code null} where there is none. */
    public static @Nullable String within(@Nullable String url, int pixels) {
        if (url == null) {
            return null;
        }
        Matcher matcher = OF_THE_SHOP.matcher(url);
        return matcher.matches() ? matcher.group(1) + pixels : url;
    }
}
