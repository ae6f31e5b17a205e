package org.cartulary.tests.support;

import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one installation, all services in one process, that they share; it is closed after the last test. */
public final class SharedInstallation implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
        return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
        return Objects.requireNonNull(extension
                .getRoot()
                .getStore(Namespace.create(SharedInstallation.class))
                .computeIfAbsent(Installation.class, _ -> Installation.inOneProcess(), Installation.class));
    }
}
