package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Tells a browser in a page what the platform refuses before any page is asked: that it has asked too often, that what it sends is too
 * large, that the database does not answer. A bean of this type beside its {@link PageSite} is all it needs; of several, the first
 * that has a page answers. Thread-safe.
 */
@FunctionalInterface
public interface ProblemPages {

    /**
     * A page in HTML, made without asking anything else.
     *
     * @param code what it is, as {@code docs/errors.md} names it
     * @param traceId by which the request is found in the logs
     * @return {@code null} unless a browser asks for something of the site
     */
    @Nullable String of(HttpServletRequest request, HttpStatus status, String code, String traceId);
}
