package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.files.FilesUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.web.client.ResourceAccessException;

/** Problem documents (RFC 9457) and the headers that go with them. Thread-safe. */
final class ProblemDocuments {

    static final String TYPE_PREFIX = "urn:cartulary:problem:";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private ProblemDocuments() {}

    static ProblemDetail document(ProblemException problem, HttpServletRequest request) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(problem.status(), problem.detail());
        document.setType(URI.create(TYPE_PREFIX + problem.code()));
        document.setTitle(problem.status().getReasonPhrase());
        document.setInstance(instance(request));
        problem.properties().forEach(document::setProperty);
        document.setProperty("code", problem.code());
        document.setProperty("traceId", traceId(request));
        if (!problem.errors().isEmpty()) {
            document.setProperty("errors", problem.errors());
        }
        return document;
    }

    static HttpHeaders headers(ProblemException problem) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.status() == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, challenge(problem.code()));
        }
        if (problem.status() == HttpStatus.CONTENT_TOO_LARGE) {
            // The rest of the body is not read, so that nothing can follow it.
            headers.setConnection("close");
        }
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            long seconds = retryAfter.plusSeconds(1).minusNanos(1).toSeconds();
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds)));
        }
        return headers;
    }

    private static String challenge(String code) {
        boolean tokenRefused = InvalidTokenException.INVALID.equals(code) || InvalidTokenException.EXPIRED.equals(code);
        return tokenRefused ? "Bearer error=\"invalid_token\"" : "Bearer";
    }

    /** What an error is called for which nobody has chosen a code: the status's name, such as {@code bad-gateway}. */
    static String codeOf(HttpStatus status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of the faults that pass, those of a service or the database behind the request; {@code null} for any other fault. */
    static @Nullable ProblemException unavailable(Exception fault) {
        if (!PassingFaults.isPassing(fault)) {
            return null;
        }
        return switch (fault) {
            case ResourceAccessException _ -> unavailable("a service that this needs cannot be reached");
            case DataAccessResourceFailureException _ -> unavailable("the database cannot be reached");
            case TransientDataAccessException _ -> unavailable("the database is busy");
            // A connection that the pool has closed, because the database was gone, has no state to tell it by.
            case UncategorizedSQLException _ -> unavailable("the database cannot be reached");
            case FilesUnavailableException _ -> unavailable("files cannot be kept or read now");
            default -> null;
        };
    }

    static ProblemException unavailable(String detail) {
        return ProblemException.unavailable("service-unavailable", detail, RETRY_AFTER);
    }

    static ProblemException internalError() {
        return ProblemException.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "something went wrong on our side: tell us the traceId if it happens again");
    }

    static ProblemException invalidToken(InvalidTokenException fault) {
        return ProblemException.unauthorized(fault.code(), String.valueOf(fault.getMessage()));
    }

    static String traceId(HttpServletRequest request) {
        RequestContext context = RequestContext.currentOrNull();
        if (context != null) {
            return context.traceId();
        }
        Object known = request.getAttribute(ContextFilter.TRACE_ID);
        return known == null ? TraceIds.next() : known.toString();
    }

    private static URI instance(HttpServletRequest request) {
        String path = request.getRequestURI();
        try {
            return new URI(path);
        } catch (URISyntaxException e) {
            return quoted(path);
        }
    }

    private static URI quoted(String path) {
        try {
            return new URI(null, null, path, null);
        } catch (URISyntaxException e) {
            return URI.create("/");
        }
    }
}
