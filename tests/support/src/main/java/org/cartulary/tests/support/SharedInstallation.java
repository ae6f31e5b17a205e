package org.cartulary.tests.support;

import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each class of tests a shop of its own on the one installation that all of them share: the {@link JourneyTarget}, or else
 * all services in one process, which is closed after the last test. A test fails if calls to the process cost more SQL than
 * their budgets meanwhile.
 */
public final class SharedInstallation implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(SharedInstallation.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
        return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
        ExtensionContext.Store store = store(extension);
        Installation platform =
                Objects.requireNonNull(store.computeIfAbsent(Installation.class, _ -> platform(), Installation.class));
        if (JourneyTarget.dataDirectory().isEmpty()) {
            store.computeIfAbsent(BudgetWatch.class, _ -> new BudgetWatch(platform.visitor()), BudgetWatch.class);
        }
        return Objects.requireNonNull(store.computeIfAbsent(
                extension.getRequiredTestClass(), _ -> platform.withShopOfItsOwn(), Installation.class));
    }

    /** Others may call a platform that is not ours, and its metrics may be those of one process of many. */
    @Override
    public void afterEach(ExtensionContext extension) {
        BudgetWatch watch = store(extension).get(BudgetWatch.class, BudgetWatch.class);
        if (watch != null) {
            watch.requireKept();
        }
    }

    private static ExtensionContext.Store store(ExtensionContext extension) {
        return extension.getRoot().getStore(NAMESPACE);
    }

    private static Installation platform() {
        Optional<Installation> running = JourneyTarget.dataDirectory().map(Installation::running);
        return running.orElseGet(Installation::inOneProcess);
    }
}
