package org.cartulary.app;

import java.io.PrintWriter;
import java.util.List;
import org.cartulary.app.DataDirectory.Administrator;
import org.cartulary.app.DataDirectory.Connection;
import org.cartulary.app.demo.DemoCatalogue;
import org.cartulary.app.demo.DemoShop;
import org.cartulary.contracts.auth.AuthApi;
import org.cartulary.contracts.auth.CreateStaff;
import org.cartulary.contracts.auth.Roles;
import org.cartulary.contracts.tenant.CreateTenant;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.context.RequestContext;

/**
 * Makes a new installation usable: the shop {@code default}, its administrator, a few sample products, and the file with
 * which the other commands find the platform. Done again at each start, it changes nothing that is there.
 */
public final class FirstStart {

    private static final String SHOP = "default";
    private static final String CURRENCY = "EUR";
    private static final String ADMINISTRATOR = "admin@shop.example";

    private FirstStart() {}

    /** With what somebody signs in. */
    public record LogIn(String email, String password) {

        @Override
        public String toString() {
            return "LogIn[email=" + email + "]";
        }
    }

    /** Prepares what is missing and says how the platform is reached. */
    public static Connection prepare(PlatformProcess process) {
        return prepare(process, true);
    }

    /**
     * Prepares what is missing and says how the platform is reached.
     *
     * @param withSamples whether a shop that is new gets a few sample products
     */
    public static Connection prepare(PlatformProcess process, boolean withSamples) {
        Administrator administrator = null;
        if (process.hosts(ServiceName.AUTH)) {
            administrator = administrator(process, withSamples);
        }
        Connection connection = new Connection(process.publicUrl(), process.operatorKey(), administrator);
        process.data().write(connection);
        process.timeline().reached("the first shop is there");
        return connection;
    }

    /**
     * Fills the first shop with what the demo shows, once it was prepared.
     *
     * @param out where it is told how far this is
     * @return the demo customer
     */
    public static LogIn fillDemo(PlatformProcess process, DemoCatalogue catalogue, PrintWriter out) {
        String password = process.data().readOrCreate("demo-password");
        new DemoShop(process.url(), process.operatorKey(), shop(process).id(), catalogue, out).fill(password);
        process.timeline().reached("the demo shop is filled");
        return new LogIn(DemoShop.CUSTOMER, password);
    }

    private static Tenant shop(PlatformProcess process) {
        TenantApi tenants = process.bean(TenantApi.class);
        return RequestContext.ofSystem(null)
                .supply(() -> tenants.ensure(new CreateTenant(
                        SHOP, "Sample shop", List.of("localhost", "127.0.0.1"), TenantSettings.defaults(CURRENCY))));
    }

    private static Administrator administrator(PlatformProcess process, boolean withSamples) {
        AuthApi identities = process.bean(AuthApi.class);
        Tenant shop = shop(process);
        String password = process.data().readOrCreate("administrator-password");
        boolean created = RequestContext.ofSystem(shop.id())
                .supply(() -> identities.ensureStaff(
                        new CreateStaff(ADMINISTRATOR, password, "Shop", "Administrator", Roles.ADMIN)))
                .created();
        if (created && withSamples && sellsEverything(process)) {
            SampleShop.fill(process.url(), process.operatorKey(), shop.id());
        }
        return new Administrator(ADMINISTRATOR, password);
    }

    /** Whether the services that a sample shop needs run here; elsewhere they may not have started yet. */
    private static boolean sellsEverything(PlatformProcess process) {
        return process.hosts(ServiceName.CATALOG)
                && process.hosts(ServiceName.INVENTORY)
                && process.hosts(ServiceName.SHIPPING);
    }
}
