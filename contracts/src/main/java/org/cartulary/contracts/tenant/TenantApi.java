package org.cartulary.contracts.tenant;

import org.cartulary.platform.remote.SafeToRepeat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The directory of tenants. Thread-safe. */
@HttpExchange("/internal/tenants")
public interface TenantApi {

    /** The tenant that is reached under this host name, or {@code null}. */
    @SafeToRepeat
    @PostExchange("/host-lookups")
    @Nullable Tenant findByHost(@RequestBody FindTenantByHost query);

    /** The tenant with this id, or {@code null}. */
    @SafeToRepeat
    @PostExchange("/lookups")
    @Nullable Tenant find(@RequestBody FindTenant query);

    /** Creates the tenant, or answers with the one that already has this name, unchanged. */
    @SafeToRepeat
    @PostExchange("/creations")
    Tenant ensure(@RequestBody CreateTenant command);
}
