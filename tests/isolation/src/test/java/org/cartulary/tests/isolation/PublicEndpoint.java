package org.cartulary.tests.isolation;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.AllowSignedIn;
import org.cartulary.platform.http.PlatformWide;
import org.cartulary.platform.http.RequirePermission;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * An endpoint of the public API, as its annotations declare it.
 *
 * @param method such as {@code GET}
 * @param path with its variables in braces
 * @param access who may call it
 */
record PublicEndpoint(String method, String path, Access access) implements Comparable<PublicEndpoint> {

    private static final String BETWEEN_PROCESSES = "/internal/";
    private static final Comparator<PublicEndpoint> BY_PATH =
            Comparator.comparing(PublicEndpoint::path).thenComparing(PublicEndpoint::method);

    /** Who may call an endpoint. */
    sealed interface Access {

        /** Everybody. */
        record Anyone() implements Access {}

        /** Whoever is signed in. */
        record SignedIn() implements Access {}

        /** Whoever holds a permission in the shop. */
        record Permitted(String permission) implements Access {}

        /** The operator of the platform, who holds a permission over all shops. */
        record Operator(String permission) implements Access {}
    }

    /** All that there are in the classes of the platform, by path and method. */
    static List<PublicEndpoint> declared() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        return scanner.findCandidateComponents("org.cartulary").stream()
                .map(found -> ClassUtils.resolveClassName(
                        Objects.requireNonNull(found.getBeanClassName()), PublicEndpoint.class.getClassLoader()))
                .flatMap(PublicEndpoint::of)
                .sorted()
                .toList();
    }

    private static Stream<PublicEndpoint> of(Class<?> controller) {
        RequestMapping shared = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
        String prefix = shared == null ? "" : String.join("", shared.path());
        List<PublicEndpoint> found = new ArrayList<>();
        for (Method method : controller.getDeclaredMethods()) {
            RequestMapping own = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
            if (own != null) {
                String path = prefix + String.join("", own.path());
                if (path.startsWith(BETWEEN_PROCESSES)) {
                    continue;
                }
                for (RequestMethod verb : own.method()) {
                    found.add(new PublicEndpoint(verb.name(), path, access(controller, method)));
                }
            }
        }
        return found.stream();
    }

    private static Access access(Class<?> controller, Method method) {
        AnnotatedElement declaring = Stream.of(AllowAnyone.class, AllowSignedIn.class, RequirePermission.class)
                        .anyMatch(rule -> AnnotatedElementUtils.hasAnnotation(method, rule))
                ? method
                : controller;
        if (AnnotatedElementUtils.hasAnnotation(declaring, AllowAnyone.class)) {
            return new Access.Anyone();
        }
        if (AnnotatedElementUtils.hasAnnotation(declaring, AllowSignedIn.class)) {
            return new Access.SignedIn();
        }
        RequirePermission rule = AnnotatedElementUtils.findMergedAnnotation(declaring, RequirePermission.class);
        if (rule == null) {
            throw new AssertionError(method + " does not say who may call it");
        }
        boolean platformWide = AnnotatedElementUtils.hasAnnotation(method, PlatformWide.class)
                || AnnotatedElementUtils.hasAnnotation(controller, PlatformWide.class);
        return platformWide ? new Access.Operator(rule.value()) : new Access.Permitted(rule.value());
    }

    /** The method and the path. */
    String name() {
        return method + " " + path;
    }

    /** The row of {@code docs/permissions.md}. */
    String row(SortedSet<String> ownRefusals) {
        String who = switch (access) {
            case Access.Anyone _ -> "everybody";
            case Access.SignedIn _ -> "whoever is signed in";
            case Access.Permitted(String permission) -> "`" + permission + "`";
            case Access.Operator(String permission) -> "operator: `" + permission + "`";
        };
        String refusals = ownRefusals.isEmpty() ? "" : "`" + String.join("`, `", ownRefusals) + "`";
        return "| %s | `%s` | %s | %s |".formatted(method, path, who, refusals);
    }

    @Override
    public int compareTo(PublicEndpoint other) {
        return BY_PATH.compare(this, other);
    }
}
