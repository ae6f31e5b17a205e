package org.cartulary.platform.http;

import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A request that cannot be served, with the code that callers act on. Answered as a problem document (RFC 9457). Not
 * thread-safe: complete it with {@link #with} and {@link #withProperty} before it is thrown.
 */
public final class ProblemException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;
    private final transient List<ProblemError> errors = new ArrayList<>();
    private final transient Map<String, Object> properties = new LinkedHashMap<>();
    private final @Nullable Duration retryAfter;

    private ProblemException(HttpStatus status, String code, String detail, @Nullable Duration retryAfter) {
        super(detail);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** A problem with any status from 400 to 599; prefer the named ones. */
    public static ProblemException of(HttpStatus status, String code, String detail) {
        if (!status.isError()) {
            throw new IllegalArgumentException("a problem has a status from 400 to 599, not " + status.value());
        }
        return new ProblemException(status, code, detail, null);
    }

    /** 400: the request cannot be understood. */
    public static ProblemException badRequest(String code, String detail) {
        return of(HttpStatus.BAD_REQUEST, code, detail);
    }

    /** 401: the caller has not proven who it is. */
    public static ProblemException unauthorized(String code, String detail) {
        return of(HttpStatus.UNAUTHORIZED, code, detail);
    }

    /** 403: the caller may not do this. */
    public static ProblemException forbidden(String code, String detail) {
        return of(HttpStatus.FORBIDDEN, code, detail);
    }

    /** 404: there is no such thing, or it belongs to another tenant or customer. */
    public static ProblemException notFound(String code, String detail) {
        return of(HttpStatus.NOT_FOUND, code, detail);
    }

    /** 410: it was there, and will not be again. */
    public static ProblemException gone(String code, String detail) {
        return of(HttpStatus.GONE, code, detail);
    }

    /** 409: the state of the resource does not allow this. */
    public static ProblemException conflict(String code, String detail) {
        return of(HttpStatus.CONFLICT, code, detail);
    }

    /** 412: the resource has changed since the caller read it. */
    public static ProblemException preconditionFailed(String code, String detail) {
        return of(HttpStatus.PRECONDITION_FAILED, code, detail);
    }

    /** 422: the request is understood and its content is wrong. */
    public static ProblemException unprocessable(String code, String detail) {
        return of(HttpStatus.UNPROCESSABLE_CONTENT, code, detail);
    }

    /** 428: the request has to name the version that it changes. */
    public static ProblemException preconditionRequired(String code, String detail) {
        return of(HttpStatus.PRECONDITION_REQUIRED, code, detail);
    }

    /** 429: the caller asks too often; answered with {@code Retry-After} in whole seconds, rounded up. */
    public static ProblemException tooManyRequests(String code, String detail, Duration retryAfter) {
        return new ProblemException(HttpStatus.TOO_MANY_REQUESTS, code, detail, retryAfter);
    }

    /** 503: it cannot be done now; answered with {@code Retry-After} in whole seconds, rounded up. */
    public static ProblemException unavailable(String code, String detail, Duration retryAfter) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, code, detail, retryAfter);
    }

    /**
     * Adds what is wrong with one part of the request.
     *
     * @param pointer a JSON pointer into the body, such as {@code /items/0/quantity}
     * @return this
     */
    public ProblemException with(String pointer, String code, String detail) {
        errors.add(new ProblemError(pointer, code, detail));
        return this;
    }

    /**
     * Adds a member to the problem document, such as the quantity that is available.
     *
     * @return this
     */
    public ProblemException withProperty(String name, Object value) {
        properties.put(name, value);
        return this;
    }

    /** The HTTP status. */
    public HttpStatus status() {
        return status;
    }

    /** The stable code, in kebab-case. */
    public String code() {
        return code;
    }

    /** What is wrong, in a sentence. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** What is wrong with parts of the request. */
    public List<ProblemError> errors() {
        return Collections.unmodifiableList(errors);
    }

    /** Further members of the problem document. */
    public Map<String, Object> properties() {
        return Collections.unmodifiableMap(properties);
    }

    /** After how long the caller may try again, where the problem says so. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
