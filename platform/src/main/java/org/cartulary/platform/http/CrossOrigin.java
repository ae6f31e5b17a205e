package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Which pages of other origins may call from a browser (CORS). There are no cookies, so a page never acts with somebody else's
 * rights; whatever origin is not named, its scripts are not shown the answers. Thread-safe.
 */
final class CrossOrigin {

    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final List<String> EXPOSED = List.of(
            HttpHeaders.ETAG,
            HttpHeaders.LOCATION,
            HttpHeaders.RETRY_AFTER,
            CallLimit.POLICY,
            CallLimit.STATE,
            ContextFilter.TRACE_PARENT);

    private final List<String> origins;
    private final CorsConfiguration rules = new CorsConfiguration();
    private final DefaultCorsProcessor processor = new DefaultCorsProcessor();

    /** @throws IllegalArgumentException if all origins are allowed: name them */
    CrossOrigin(List<String> origins) {
        if (origins.contains(CorsConfiguration.ALL)) {
            throw new IllegalArgumentException(
                    "allowed origins are named one by one, not with " + CorsConfiguration.ALL);
        }
        this.origins = origins;
        rules.setAllowedOrigins(origins);
        rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        rules.setAllowedHeaders(List.of(
                HttpHeaders.AUTHORIZATION,
                HttpHeaders.CONTENT_TYPE,
                HttpHeaders.IF_MATCH,
                HttpHeaders.IF_NONE_MATCH,
                "Idempotency-Key",
                AccessReason.HEADER,
                GuestTokens.HEADER,
                ContextFilter.TRACE_PARENT));
        rules.setExposedHeaders(EXPOSED);
        rules.setMaxAge(REMEMBERED);
    }

    /**
     * Answers a browser's question whether a page may call, and lets the pages that may see the answers.
     *
     * @return whether the request is answered
     */
    boolean answered(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return false;
        }
        boolean preflight = CorsUtils.isPreFlightRequest(request);
        if (isAllowed(origin)) {
            boolean accepted = processor.processRequest(rules, request, response);
            return preflight || !accepted;
        }
        if (preflight) {
            throw ProblemException.forbidden("origin-not-allowed", "pages of this origin may not call from a browser");
        }
        return false;
    }

    /** Whether a browser asks if a page that may call may do so: without the answer the page is not shown why it is refused. */
    boolean isPreflightOfAllowedOrigin(HttpServletRequest request) {
        return CorsUtils.isPreFlightRequest(request) && isAllowed(request.getHeader(HttpHeaders.ORIGIN));
    }

    /** Lets the pages that may see answers see a refusal that comes before their request was looked at. */
    void showRefusal(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && isAllowed(origin) && !response.containsHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, String.join(", ", EXPOSED));
        }
    }

    private boolean isAllowed(@Nullable String origin) {
        return origin != null && !origins.isEmpty() && rules.checkOrigin(origin) != null;
    }
}
