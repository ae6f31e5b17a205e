package org.cartulary.platform.context;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. Immutable.
 *
 * @param kind what sort of caller it is
 * @param id the user, API key or guest; {@code null} for a visitor who has shown nothing and for the system itself
 * @param permissions what the caller may do beyond what its kind allows, such as {@code catalog:write}
 * @param vendorId for which vendor somebody acts who belongs to one; {@code null} before that is known, and for all others
 */
public record Principal(
        Kind kind,
        @Nullable UUID id,
        Set<String> permissions,
        @Nullable UUID vendorId) {

    /** The sorts of callers. */
    public enum Kind {
        /** A visitor without an account; its id, where present, is derived from its guest token. */
        GUEST,
        /** A signed-in customer. */
        CUSTOMER,
        /** A support agent or administrator. */
        STAFF,
        /** Somebody who belongs to a vendor: the databases show them what is the vendor's. */
        VENDOR,
        /** A machine that holds an API key. */
        INTEGRATION,
        /** The platform itself: a job, an event handler, a saga. */
        SYSTEM
    }

    private static final Principal SYSTEM = new Principal(Kind.SYSTEM, null, Set.of());
    private static final Principal VISITOR = new Principal(Kind.GUEST, null, Set.of());

    public Principal {
        Objects.requireNonNull(kind);
        permissions = Set.copyOf(permissions);
        if (vendorId != null && kind != Kind.VENDOR) {
            throw new IllegalArgumentException("nobody of the kind " + kind + " acts for a vendor");
        }
    }

    /** Somebody who acts for no vendor. */
    public Principal(Kind kind, @Nullable UUID id, Set<String> permissions) {
        this(kind, id, permissions, null);
    }

    /** The same person, acting for this vendor. */
    public Principal actingFor(UUID vendor) {
        return new Principal(kind, id, permissions, vendor);
    }

    /** The platform itself. */
    public static Principal system() {
        return SYSTEM;
    }

    /** A visitor who has shown neither a token nor a key. */
    public static Principal visitor() {
        return VISITOR;
    }

    /** Whether the caller holds the permission; the system holds all of them. */
    public boolean may(String permission) {
        return kind == Kind.SYSTEM || permissions.contains(permission);
    }

    /** Whether the caller has proven who it is. */
    public boolean isSignedIn() {
        return isStaff() || kind == Kind.CUSTOMER || kind == Kind.INTEGRATION;
    }

    /** Whether the caller is a person who works here: for the shop, or for one of its vendors. */
    public boolean isStaff() {
        return kind == Kind.STAFF || kind == Kind.VENDOR;
    }

    /** Whether the caller is this customer. */
    public boolean isCustomer(@Nullable UUID customerId) {
        return kind == Kind.CUSTOMER && id != null && id.equals(customerId);
    }
}
