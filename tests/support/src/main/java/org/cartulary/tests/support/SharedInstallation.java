package org.cartulary.tests.support;

import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each class of tests a shop of its own on the one installation that all of them share: the {@link JourneyTarget}, or else
 * all services in one process, which is closed after the last test.
 */
public final class SharedInstallation implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedInstallation.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
        return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
        ExtensionContext.Store store = extension.getRoot().getStore(NAMESPACE);
        Installation platform =
                Objects.requireNonNull(store.computeIfAbsent(Installation.class, _ -> platform(), Installation.class));
        return Objects.requireNonNull(store.computeIfAbsent(
                extension.getRequiredTestClass(), _ -> platform.withShopOfItsOwn(), Installation.class));
    }

    private static Installation platform() {
        Optional<Installation> running = JourneyTarget.dataDirectory().map(Installation::running);
        return running.orElseGet(Installation::inOneProcess);
    }
}
