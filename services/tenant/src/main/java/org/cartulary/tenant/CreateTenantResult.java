package org.cartulary.tenant;

import org.cartulary.contracts.tenant.Tenant;

/** What became of the creation of a tenant. */
sealed interface CreateTenantResult {

    /** The tenant is new. */
    record Created(Tenant tenant) implements CreateTenantResult {}

    /** There is a tenant of this name; nothing was changed. */
    record NameTaken(Tenant tenant) implements CreateTenantResult {}
}
