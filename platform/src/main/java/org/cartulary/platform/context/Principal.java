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
 */
public record Principal(Kind kind, @Nullable UUID id, Set<String> permissions) {

    /** The sorts of callers. */
    public enum Kind {
        /** A visitor without an account; its id, where present, is derived from its guest token. */
        GUEST,
        /** A signed-in customer. */
        CUSTOMER,
        /** A vendor, support agent or administrator. */
        STAFF,
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
        return kind == Kind.CUSTOMER || kind == Kind.STAFF || kind == Kind.INTEGRATION;
    }

    /** Whether the caller is this customer. */
    public boolean isCustomer(@Nullable UUID customerId) {
        return kind == Kind.CUSTOMER && id != null && id.equals(customerId);
    }
}
