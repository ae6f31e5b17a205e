package org.cartulary.platform.testing;

import java.util.Set;
import java.util.UUID;
import org.cartulary.platform.context.Principal;
import org.cartulary.platform.context.Principal.Kind;
import org.cartulary.platform.context.RequestContext;
import org.cartulary.platform.context.TraceIds;
import org.cartulary.platform.ids.Ids;

/** Contexts to run tests in: {@code Contexts.customer(tenant, id).supply(() -> …)}. Each has a new trace. */
public final class Contexts {

    private Contexts() {}

    /** A tenant nobody else has, so that tests do not see each other's rows. */
    public static UUID newTenant() {
        return Ids.next();
    }

    /** The platform itself working for a tenant. */
    public static RequestContext system(UUID tenantId) {
        return RequestContext.ofSystem(tenantId);
    }

    /** A signed-in customer. */
    public static RequestContext customer(UUID tenantId, UUID customerId) {
        return of(tenantId, Kind.CUSTOMER, customerId);
    }

    /** A guest who has shown a token. */
    public static RequestContext guest(UUID tenantId, UUID guestId) {
        return of(tenantId, Kind.GUEST, guestId);
    }

    /** A visitor who has shown nothing. */
    public static RequestContext visitor(UUID tenantId) {
        return new RequestContext(tenantId, Principal.visitor(), TraceIds.next());
    }

    /** A new member of the tenant's staff with these permissions. */
    public static RequestContext staff(UUID tenantId, String... permissions) {
        return of(tenantId, Kind.STAFF, Ids.next(), permissions);
    }

    /** A new machine that holds an API key with these permissions. */
    public static RequestContext integration(UUID tenantId, String... permissions) {
        return of(tenantId, Kind.INTEGRATION, Ids.next(), permissions);
    }

    private static RequestContext of(UUID tenantId, Kind kind, UUID id, String... permissions) {
        return new RequestContext(tenantId, new Principal(kind, id, Set.of(permissions)), TraceIds.next());
    }
}
