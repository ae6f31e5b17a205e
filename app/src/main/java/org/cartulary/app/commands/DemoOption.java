package org.cartulary.app.commands;

import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.cartulary.app.DataDirectory;
import org.cartulary.app.FirstStart;
import org.cartulary.app.InstallationException;
import org.cartulary.app.PlatformProcess;
import org.cartulary.app.ServiceName;
import org.cartulary.app.demo.DemoCatalogue;
import org.jspecify.annotations.Nullable;

/** What {@code up --demo} does besides. */
final class DemoOption {

    private static final Set<ServiceName> NEEDED = Set.of(
            ServiceName.TENANT,
            ServiceName.AUTH,
            ServiceName.PRIVACY,
            ServiceName.CUSTOMER,
            ServiceName.CATALOG,
            ServiceName.INVENTORY,
            ServiceName.CART,
            ServiceName.SHIPPING,
            ServiceName.PROMOTION,
            ServiceName.CHECKOUT,
            ServiceName.ORDER,
            ServiceName.PAYMENT);

    private DemoOption() {}

    /** Those who may sign in, with their passwords. */
    record LogIns(FirstStart.LogIn customer, DataDirectory.@Nullable Administrator administrator) {

        void print(PrintWriter out) {
            if (administrator != null) {
                out.printf("  Administrator  %s, password %s%n", administrator.email(), administrator.password());
            }
            out.printf("  Customer       %s, password %s%n", customer.email(), customer.password());
        }

        @Override
        public String toString() {
            return "LogIns[" + customer + "]";
        }
    }

    /** @throws InstallationException if the demo shop would need a service that is not hosted in this process */
    static void requireHosted(Set<ServiceName> hosted) {
        Set<ServiceName> missing = EnumSet.copyOf(NEEDED);
        missing.removeAll(hosted);
        if (!missing.isEmpty()) {
            throw new InstallationException("--demo fills a shop at its start and needs all services in this process; "
                    + missing.stream().map(ServiceName::word).collect(Collectors.joining(", "))
                    + (missing.size() == 1 ? " is not here" : " are not here"));
        }
    }

    /** Fills the shop. */
    static LogIns fill(PlatformProcess process, DataDirectory.Connection connection, PrintWriter out) {
        return new LogIns(FirstStart.fillDemo(process, DemoCatalogue.load(), out), connection.administrator());
    }
}
