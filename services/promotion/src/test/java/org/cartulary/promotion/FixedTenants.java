package org.cartulary.promotion;

import java.util.List;
import org.cartulary.contracts.tenant.CreateTenant;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.FindTenantByHost;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.cartulary.contracts.tenant.TenantPlacement;
import org.cartulary.contracts.tenant.TenantSettings;
import org.cartulary.platform.database.Database;
import org.jspecify.annotations.Nullable;

/** A directory in which every shop sells in one currency. It refuses, as a remote one does, to be asked in a transaction. */
record FixedTenants(String currency) implements TenantApi {

    @Override
    public @Nullable Tenant findByHost(FindTenantByHost query) {
        return null;
    }

    @Override
    public Tenant find(FindTenant query) {
        Database.requireNoTransaction("asking for the tenant");
        return new Tenant(
                query.id(),
                "shop",
                "Shop",
                true,
                List.of(),
                TenantSettings.defaults(currency),
                TenantPlacement.SHARED,
                1);
    }

    @Override
    public Tenant ensure(CreateTenant command) {
        throw new UnsupportedOperationException("these tests create no tenants");
    }
}
