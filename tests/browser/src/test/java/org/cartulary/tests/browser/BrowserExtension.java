package org.cartulary.tests.browser;

import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One Chromium for all tests, and for each test the {@link Browsers} that it opens, which are looked at when it ends. */
final class BrowserExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
        return parameter.getParameter().getType() == Browsers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
        Chromium chromium = Objects.requireNonNull(extension
                .getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Chromium.class, _ -> Chromium.start(), Chromium.class));
        Browsers browsers = new Browsers(chromium);
        extension.getStore(NAMESPACE).put(Browsers.class, browsers);
        return browsers;
    }

    @Override
    public void afterEach(ExtensionContext extension) {
        Browsers browsers = extension.getStore(NAMESPACE).get(Browsers.class, Browsers.class);
        if (browsers != null) {
            browsers.endAll();
        }
    }
}
