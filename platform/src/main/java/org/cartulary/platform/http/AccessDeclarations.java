package org.cartulary.platform.http;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Refuses to start while an endpoint does not say who may call it, and names all that do not. */
final class AccessDeclarations implements SmartInitializingSingleton {

    private static final String OWN_PACKAGES = "org.cartulary.";

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    AccessDeclarations(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** Whether the handler is one of ours; those of libraries guard themselves. */
    static boolean governs(HandlerMethod handler) {
        return handler.getBeanType().getName().startsWith(OWN_PACKAGES);
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> faults = new ArrayList<>();
        mappings.forEach(mapping -> mapping.getHandlerMethods().forEach((route, handler) -> {
            if (governs(handler)) {
                check(route, handler, faults);
            }
        }));
        if (!faults.isEmpty()) {
            throw new IllegalStateException(
                    "every endpoint declares @AllowAnyone, @AllowSignedIn or @RequirePermission:"
                            + System.lineSeparator() + "  " + String.join(System.lineSeparator() + "  ", faults));
        }
    }

    private static void check(RequestMappingInfo route, HandlerMethod handler, List<String> faults) {
        String name = handler.getShortLogMessage() + " at " + route;
        try {
            boolean internal =
                    route.getPatternValues().stream().allMatch(path -> path.startsWith(ContextFilter.INTERNAL_PREFIX));
            if (!internal && AccessRule.of(handler) == null) {
                faults.add(name + " declares nothing");
            }
        } catch (IllegalStateException e) {
            faults.add(name + " " + e.getMessage());
        }
    }
}
