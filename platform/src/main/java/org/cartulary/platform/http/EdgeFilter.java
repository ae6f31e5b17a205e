package org.cartulary.platform.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** The first of our filters: what can be said of a request before anybody asks who makes it. Thread-safe. */
final class EdgeFilter extends OncePerRequestFilter implements Ordered {

    /** After what observes requests, before what finds out who asks. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

    private final SecurityHeaders headers;
    private final CrossOrigin crossOrigin;
    private final CallLimits limits;
    private final ProblemAnswers problems;
    private final List<PageSite> sites;

    EdgeFilter(EdgeSettings settings, CallLimits limits, ProblemAnswers problems, List<PageSite> sites) {
        this.headers = new SecurityHeaders(settings.behindTls(), sites);
        this.crossOrigin = new CrossOrigin(settings.allowedOrigins());
        this.limits = limits;
        this.problems = problems;
        this.sites = sites;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        headers.addTo(request, response);
        try {
            if (!answer(request, response)) {
                chain.doFilter(request, response);
            }
        } finally {
            limits.end(request, response);
        }
    }

    /** Answers what needs no more than this, refusals included; whether it did. */
    private boolean answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            ProblemException refusal = limits.begin(request, response);
            if (refusal != null && !crossOrigin.isPreflightOfAllowedOrigin(request)) {
                throw refusal;
            }
            refuseUnreadableType(request);
            refuseEncoding(request);
            return crossOrigin.answered(request, response);
        } catch (ProblemException refusal) {
            if (hasBody(request)) {
                // Nobody reads it, so that nothing can follow it.
                response.setHeader(HttpHeaders.CONNECTION, "close");
            }
            crossOrigin.showRefusal(request, response);
            problems.write(refusal, request, response);
            return true;
        }
    }

    /**
     * Nothing but pages reads forms; Spring MVC would do so before an endpoint is asked, and takes one that it cannot read for a fault
     * of the program. So it does with a range of types, as {@code Accept} may name.
     */
    private void refuseUnreadableType(HttpServletRequest request) {
        String contentType = request.getContentType();
        if (contentType != null
                && (contentType.indexOf('*') >= 0
                        || (isForm(contentType) && hasBody(request) && !isForPage(request)))) {
            throw ProblemException.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported-media-type",
                    "the Content-Type is not one that is read here");
        }
    }

    /** Nothing here unpacks bodies: what is packed would be read as it is. */
    private static void refuseEncoding(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.isBlank() && !"identity".equalsIgnoreCase(encoding.strip())) {
            throw ProblemException.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported-media-type",
                    "a body is sent as it is, without a Content-Encoding");
        }
    }

    private boolean isForPage(HttpServletRequest request) {
        return sites.stream().anyMatch(site -> site.owns(request));
    }

    private static boolean isForm(String contentType) {
        return contentType.regionMatches(true, 0, FORM, 0, FORM.length());
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }
}
