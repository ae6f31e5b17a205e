package org.cartulary.pages;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Tells forms that another site has had a browser send (cross-site request forgery) by what browsers say of them: the header
 * {@code Sec-Fetch-Site} (Fetch Metadata, W3C), or {@code Origin} (RFC 6454) where a browser does not know that. Every browser
 * since 2020 sends one of them with a form; what sends neither is none, and has no cookies that somebody else could use.
 */
final class CrossSiteForms {

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private CrossSiteForms() {}

    static boolean isOne(ServerRequest request) {
        if (READING.contains(request.method())) {
            return false;
        }
        String site = request.headers().firstHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OWN.contains(site.toLowerCase(Locale.ROOT));
        }
        String origin = request.headers().firstHeader("Origin");
        return origin != null && !isOf(origin, request.headers().firstHeader("Host"));
    }

    private static boolean isOf(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(new URI(origin).getAuthority());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
