package org.cartulary.platform.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.RequestContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Lets a request through to one of our endpoints only if its caller may call it. Thread-safe. */
final class AccessInterceptor implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && AccessDeclarations.governs(method)) {
            RequestContext context = RequestContext.current();
            if (isInternal(request)) {
                requireServiceCall(request);
            } else {
                requireOpen(method, request);
                requireAccess(method, context);
                requireTenant(method, context);
            }
        }
        return true;
    }

    /** The pattern of the endpoint counts, not the path that was asked for, which can be written in many ways. */
    private static boolean isInternal(HttpServletRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern != null && pattern.toString().startsWith(ContextFilter.INTERNAL_PREFIX);
    }

    /** Before all else: who may do what in a shop that nobody is served in is nobody's concern. */
    private static void requireOpen(HandlerMethod method, HttpServletRequest request) {
        if (ContextFilter.isOfSuspendedTenant(request) && !method.hasMethodAnnotation(EvenWhileSuspended.class)) {
            throw ProblemException.forbidden("tenant-suspended", "this shop is suspended");
        }
    }

    private static void requireServiceCall(HttpServletRequest request) {
        if (!ContextFilter.isServiceCall(request)) {
            throw ServiceContextCodec.invalid();
        }
    }

    private static void requireAccess(HandlerMethod method, RequestContext context) {
        AccessRule rule = AccessRule.of(method);
        switch (rule) {
            case AccessRule.Anyone _ -> {}
            case AccessRule.SignedIn _ -> requireSignedIn(context.principal());
            case AccessRule.Permission(String permission) -> requirePermission(method, context, permission);
            case null -> throw new IllegalStateException("no access is declared for " + method);
        }
    }

    private static void requireSignedIn(Principal principal) {
        if (!principal.isSignedIn() && principal.kind() != Principal.Kind.SYSTEM) {
            throw ProblemException.unauthorized("unauthorized", "sign in first");
        }
    }

    private static void requirePermission(HandlerMethod method, RequestContext context, String permission) {
        requireSignedIn(context.principal());
        if (!context.principal().may(permission)) {
            throw ProblemException.forbidden("forbidden", "this needs the permission " + permission)
                    .withProperty("permission", permission);
        }
        boolean operator = context.tenantId() == null || context.principal().kind() == Principal.Kind.SYSTEM;
        if (AccessRule.isPlatformWide(method) && !operator) {
            throw ProblemException.forbidden("forbidden", "only operators of the platform hold " + permission + " here")
                    .withProperty("permission", permission);
        }
    }

    private static void requireTenant(HandlerMethod method, RequestContext context) {
        if (context.tenantId() == null && !AccessRule.isPlatformWide(method)) {
            throw ProblemException.notFound("unknown-shop", "no shop is served under this host name");
        }
    }
}
