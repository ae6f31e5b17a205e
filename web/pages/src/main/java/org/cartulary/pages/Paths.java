package org.cartulary.pages;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriUtils;

/** Addresses within a site. Thread-safe. */
public final class Paths {

    private Paths() {}

    /** Encoded to stand as a value in an address. */
    public static String encoded(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }

    /** What was asked, path and query; of a form, which cannot be asked again, the page it stood on. */
    public static String asked(Visit visit) {
        if (!visit.request().method().equals(HttpMethod.GET)) {
            return pageBefore(visit.request().headers().firstHeader("Referer"));
        }
        URI uri = visit.request().uri();
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static String pageBefore(@Nullable String referer) {
        try {
            URI uri = new URI(referer == null ? "/" : referer);
            return ofOwnSite(uri.getRawPath() == null ? "/" : uri.getRawPath());
        } catch (URISyntaxException e) {
            return "/";
        }
    }

    /** The path if it is one of this host, so that no link leads a visitor who has just signed in somewhere else; {@code /} otherwise. */
    public static String ofOwnSite(String path) {
        if (!path.startsWith("/") || path.startsWith("//") || path.indexOf('\\') >= 0) {
            return "/";
        }
        try {
            URI uri = new URI(path);
            return uri.isAbsolute() || uri.getRawAuthority() != null ? "/" : uri.toASCIIString();
        } catch (URISyntaxException e) {
            return "/";
        }
    }
}
