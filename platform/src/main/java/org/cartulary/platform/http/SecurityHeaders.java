package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What tells browsers to be careful with answers. Thread-safe. */
final class SecurityHeaders {

    /** Answers of the API are data: nothing in them is ever run, framed or loaded. */
    private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";

    /** The page of the documentation loads its own scripts and asks its own origin; it sets styles of elements by itself. */
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private static final String TWO_YEARS = "max-age=63072000; includeSubDomains";

    private final boolean behindTls;

    SecurityHeaders(boolean behindTls) {
        this.behindTls = behindTls;
    }

    void addTo(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getRequestURI();
        boolean page = path.startsWith("/swagger-ui/") || path.startsWith("/webjars/") || path.startsWith("/docs");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Content-Security-Policy", page ? PAGE_POLICY : API_POLICY);
        if (behindTls) {
            response.setHeader("Strict-Transport-Security", TWO_YEARS);
        }
    }
}
