package org.cartulary.contracts.tenant;

import java.util.List;
import java.util.UUID;

/**
 * A shop, or a marketplace, whose records are separate from all others.
 *
 * @param active whether it is open; of a suspended one nobody is served, and what was begun goes to its end
 * @param placement where its records are
 * @param version counts the changes, for optimistic locking
 */
public record Tenant(
        UUID id,
        String name,
        String displayName,
        boolean active,
        List<String> hosts,
        TenantSettings settings,
        TenantPlacement placement,
        long version) {}
