package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** What tells browsers to be careful with answers. Thread-safe. */
final class SecurityHeaders {

    /** Answers of the API are data: nothing in them is ever run, framed or loaded. */
    private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";

    /** The page of the documentation loads its own scripts and asks its own origin; it sets styles of elements by itself. */
    private static final String DOCUMENTATION_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                    + " img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    /** Pages load what their own origin has, and pictures from anywhere over TLS, since products may show those of others. */
    private static final String SITE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data: https:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'none'";

    private static final String TWO_YEARS = "max-age=63072000; includeSubDomains";

    private final boolean behindTls;
    private final List<PageSite> sites;

    SecurityHeaders(boolean behindTls, List<PageSite> sites) {
        this.behindTls = behindTls;
        this.sites = sites;
    }

    void addTo(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getRequestURI();
        boolean site = sites.stream().anyMatch(pages -> pages.owns(request));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        // A browser that names no page as the one before names no origin either, by which forms of others are refused.
        response.setHeader("Referrer-Policy", site ? "same-origin" : "no-referrer");
        response.setHeader(
                "Content-Security-Policy",
                site ? SITE_POLICY : isDocumentation(path) ? DOCUMENTATION_POLICY : API_POLICY);
        if (behindTls) {
            response.setHeader("Strict-Transport-Security", TWO_YEARS);
        }
    }

    private static boolean isDocumentation(String path) {
        return path.startsWith("/swagger-ui/") || path.startsWith("/webjars/") || path.startsWith("/docs");
    }
}
