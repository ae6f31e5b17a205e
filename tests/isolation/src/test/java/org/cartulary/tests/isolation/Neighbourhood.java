package org.cartulary.tests.isolation;

import java.util.Objects;
import org.cartulary.tests.support.DatabaseOwner;
import org.cartulary.tests.support.Installation;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Two shops on one platform, and its databases. There is one of it for all tests that ask for it as a parameter.
 *
 * @param shop the one
 * @param other the other one
 */
record Neighbourhood(Installation platform, DatabaseOwner owner, WalkedShop shop, WalkedShop other)
        implements AutoCloseable {

    private static Neighbourhood open() {
        Installation platform = Installation.inOneProcess();
        WalkTokens tokens = WalkTokens.ofFormerKey(platform.dataDirectory());
        WalkedShop shop = new WalkedShop(platform, tokens);
        WalkedShop other = new WalkedShop(platform, tokens);
        shop.live();
        other.live();
        return new Neighbourhood(platform, new DatabaseOwner(platform.dataDirectory()), shop, other);
    }

    @Override
    public void close() {
        owner.close();
        platform.close();
    }

    /** Hands the neighbourhood to tests, and ends it after the last one. */
    static final class Shared implements ParameterResolver {

        private static final Namespace NAMESPACE = Namespace.create(Shared.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
            return parameter.getParameter().getType() == Neighbourhood.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
            return Objects.requireNonNull(extension
                    .getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(Neighbourhood.class, _ -> open(), Neighbourhood.class));
        }
    }
}
