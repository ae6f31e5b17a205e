package org.cartulary.platform.http;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/** Who may call an endpoint, as its annotations declare it. */
sealed interface AccessRule {

    /** Everybody. */
    record Anyone() implements AccessRule {}

    /** Whoever is signed in. */
    record SignedIn() implements AccessRule {}

    /** Whoever holds the permission. */
    record Permission(String name) implements AccessRule {}

    /**
     * The rule of a handler, or {@code null} if neither its method nor its class declares one.
     *
     * @throws IllegalStateException if one of them declares two
     */
    static @Nullable AccessRule of(HandlerMethod handler) {
        AccessRule ofMethod = declaredOn(handler.getMethod());
        return ofMethod == null ? declaredOn(handler.getBeanType()) : ofMethod;
    }

    /** Whether the handler needs no tenant. */
    static boolean isPlatformWide(HandlerMethod handler) {
        return AnnotatedElementUtils.hasAnnotation(handler.getMethod(), PlatformWide.class)
                || AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), PlatformWide.class);
    }

    private static @Nullable AccessRule declaredOn(AnnotatedElement element) {
        List<AccessRule> declared = new ArrayList<>();
        if (AnnotatedElementUtils.hasAnnotation(element, AllowAnyone.class)) {
            declared.add(new Anyone());
        }
        if (AnnotatedElementUtils.hasAnnotation(element, AllowSignedIn.class)) {
            declared.add(new SignedIn());
        }
        RequirePermission permission = AnnotatedElementUtils.findMergedAnnotation(element, RequirePermission.class);
        if (permission != null) {
            declared.add(new Permission(permission.value()));
        }
        if (declared.size() > 1) {
            throw new IllegalStateException("declares more than one access rule: " + element);
        }
        return declared.isEmpty() ? null : declared.getFirst();
    }
}
