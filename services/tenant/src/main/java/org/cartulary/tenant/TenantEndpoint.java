package org.cartulary.tenant;

import java.util.Locale;
import org.cartulary.contracts.tenant.CreateTenant;
import org.cartulary.contracts.tenant.FindTenant;
import org.cartulary.contracts.tenant.FindTenantByHost;
import org.cartulary.contracts.tenant.Tenant;
import org.cartulary.contracts.tenant.TenantApi;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

/** What other services ask of the directory. */
@RestController
final class TenantEndpoint implements TenantApi {

    private final TenantDirectory directory;

    TenantEndpoint(TenantDirectory directory) {
        this.directory = directory;
    }

    TenantDirectory directory() {
        return directory;
    }

    @Override
    public @Nullable Tenant findByHost(FindTenantByHost query) {
        return directory.findByHost(query.host().toLowerCase(Locale.ROOT)).orElse(null);
    }

    @Override
    public @Nullable Tenant find(FindTenant query) {
        return directory.find(query.id()).orElse(null);
    }

    @Override
    public Tenant ensure(CreateTenant command) {
        return switch (directory.create(command)) {
            case CreateTenantResult.Created created -> created.tenant();
            case CreateTenantResult.NameTaken taken -> taken.tenant();
        };
    }
}
