package org.cartulary.platform.http;

import java.util.List;

/**
 * A part of the address space that answers browsers with pages: forms are read there, and its answers may load what belongs to
 * them. A bean of this type is all it needs. Thread-safe.
 *
 * @param path under which its pages are: {@code /} for all that is nobody else's, or such as {@code /admin}
 */
public record PageSite(String path) {

    /** What no site of pages owns: the API, what services ask each other, and what the platform says of itself. */
    private static final List<String> OTHERS =
            List.of("/api", "/internal", "/actuator", "/docs", "/swagger-ui", "/webjars", "/openapi.json", "/error");

    /** Whether a request for this path is the site's. */
    public boolean owns(String requested) {
        return isBelow(requested, path) && OTHERS.stream().noneMatch(other -> isBelow(requested, other));
    }

    private static boolean isBelow(String requested, String parent) {
        return parent.equals("/")
                || requested.equals(parent)
                || (requested.startsWith(parent)
                        && (requested.charAt(parent.length()) == '/' || requested.charAt(parent.length()) == '.'));
    }
}
