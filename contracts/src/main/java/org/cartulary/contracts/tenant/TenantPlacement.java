package org.cartulary.contracts.tenant;

/**
 * Where the records of a tenant are, in the database of each service.
 *
 * @param kind what it has for itself
 * @param name what the place is called; tenants of the same kind and name are in the same place
 */
public record TenantPlacement(Kind kind, String name) {

    /** Among all others, in the tables of the platform. */
    public static final TenantPlacement SHARED = new TenantPlacement(Kind.SHARED, "shared");

    /** What a tenant can have for itself. */
    public enum Kind {
        /** Nothing: its rows are among those of others. */
        SHARED,
        /** A schema of its own. */
        SCHEMA,
        /** A database, or several, on a shard; others may be there too. */
        SHARD
    }
}
