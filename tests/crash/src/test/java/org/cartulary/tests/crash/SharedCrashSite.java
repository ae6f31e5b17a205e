package org.cartulary.tests.crash;

import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one PostgreSQL whose databases they share, and leave in order; it is closed after the last test. */
public final class SharedCrashSite implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
        return parameter.getParameter().getType() == CrashSite.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
        return Objects.requireNonNull(extension
                .getRoot()
                .getStore(Namespace.create(SharedCrashSite.class))
                .computeIfAbsent(CrashSite.class, _ -> CrashSite.open("site"), CrashSite.class));
    }
}
