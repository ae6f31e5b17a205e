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
                "X-Access-Reason",
                GuestTokens.HEADER,
                ContextFilter.TRACE_PARENT));
        rules.setExposedHeaders(List.of(
                HttpHeaders.ETAG,
                HttpHeaders.LOCATION,
                HttpHeaders.RETRY_AFTER,
                CallLimit.POLICY,
                CallLimit.STATE,
                ContextFilter.TRACE_PARENT));
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
        boolean question = CorsUtils.isPreFlightRequest(request);
        if (isAllowed(origin)) {
            processor.processRequest(rules, request, response);
        } else if (question) {
            throw ProblemException.forbidden("origin-not-allowed", "pages of this origin may not call from a browser");
        }
        return question;
    }

    private boolean isAllowed(@Nullable String origin) {
        return !origins.isEmpty() && rules.checkOrigin(origin) != null;
    }
}
