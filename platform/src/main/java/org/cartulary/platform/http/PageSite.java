package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;

/**
 * A part of the address space that answers browsers with pages: forms are read there, and its answers may load what belongs to
 * them. A bean of this type is all it needs. Thread-safe.
 *
 * @param path under which its pages are: {@code /} for all that is nobody else's, or such as {@code /admin}
 * @param takingCredentials whole paths whose forms somebody logs in with, registers, or shows or asks for what lets somebody in: they
 *     are counted as such calls of the API are
 */
public record PageSite(String path, Set<String> takingCredentials) {

    /** What no site of pages owns: the API, what services ask each other, and what the platform says of itself. */
    private static final List<String> OTHERS =
            List.of("/api", "/internal", "/actuator", "/docs", "/swagger-ui", "/webjars", "/openapi.json", "/error");

    public PageSite {
        takingCredentials = Set.copyOf(takingCredentials);
    }

    /** Whether the request is the site's; its path counts as routes see it, in whatever way it is written. */
    public boolean owns(HttpServletRequest request) {
        return owns(pathOf(request));
    }

    /** Whether a request for this path, decoded, is the site's. */
    public boolean owns(String requested) {
        return isBelow(requested, path) && OTHERS.stream().noneMatch(other -> isBelow(requested, other));
    }

    /** Whether the request is a form with credentials. */
    boolean takesCredentials(HttpServletRequest request) {
        return request.getMethod().equals("POST") && takingCredentials.contains(pathOf(request));
    }

    private static String pathOf(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    private static boolean isBelow(String requested, String parent) {
        return parent.equals("/")
                || requested.equals(parent)
                || (requested.startsWith(parent)
                        && (requested.charAt(parent.length()) == '/' || requested.charAt(parent.length()) == '.'));
    }
}
