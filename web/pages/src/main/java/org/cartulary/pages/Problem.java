package org.cartulary.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A problem document (RFC 9457) that the API answered with.
 *
 * @param status the HTTP status
 * @param code what it is, stable; {@code docs/errors.md} lists all
 * @param detail a sentence for people, in English
 * @param faults what is wrong with which part of the request
 * @param retryAfterSeconds after how many seconds it may be repeated, where the answer says so
 * @param traceId by which the request is found in the logs
 */
public record Problem(
        int status,
        String code,
        String detail,
        List<Fault> faults,
        @Nullable Integer retryAfterSeconds,
        String traceId) {

    /**
     * What is wrong with one part of a request.
     *
     * @param pointer a JSON pointer into the body, or {@code ?name} of a parameter
     * @param code what is wrong with it
     * @param detail the same for people, in English
     */
    public record Fault(String pointer, String code, String detail) {

        /** The name of the field, without the path to it. */
        public String field() {
            return pointer.substring(pointer.lastIndexOf('/') + 1);
        }
    }

    public Problem {
        faults = List.copyOf(faults);
    }

    /** What a page itself refuses, for which it has words. */
    public static Problem of(HttpStatus status, String code) {
        return new Problem(status.value(), code, code, List.of(), null, "");
    }

    /** Whether it is one of these. */
    public boolean is(String... codes) {
        return List.of(codes).contains(code);
    }
}
