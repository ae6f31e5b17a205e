package org.cartulary.tests.isolation;

import java.util.function.Function;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.tests.isolation.PublicEndpoint.Access;
import org.cartulary.tests.support.HttpShop;

/**
 * A kind of caller that asks for every endpoint.
 *
 * @param name what it is called in failures
 * @param shop how it asks for an endpoint that is declared so
 * @param fate what becomes of it there
 */
record WalkCaller(String name, Function<Access, HttpShop> shop, Function<Access, Fate> fate) {

    static final Fate UNAUTHORIZED = new Fate.Refused(401, "unauthorized");
    static final Fate FORBIDDEN = new Fate.Refused(403, "forbidden");
    static final Fate UNKNOWN_SHOP = new Fate.Refused(404, "unknown-shop");
    static final Fate INVALID = new Fate.Refused(401, "invalid-token");
    static final Fate EXPIRED = new Fate.Refused(401, "token-expired");

    /** What becomes of a caller before its request is read. */
    sealed interface Fate {

        /** The endpoint answers, be it that it finds nothing. */
        record Admitted() implements Fate {}

        /** The endpoint is not reached. */
        record Refused(int status, String code) implements Fate {}
    }

    static WalkCaller of(String name, HttpShop shop, Function<Access, Fate> fate) {
        return new WalkCaller(name, _ -> shop, fate);
    }

    /** Whoever shows something that admits nobody, not even where everybody is admitted. */
    static WalkCaller refused(String name, HttpShop shop, Fate fate) {
        return of(name, shop, _ -> fate);
    }

    static Fate visitor(Access access) {
        return access instanceof Access.Anyone ? new Fate.Admitted() : UNAUTHORIZED;
    }

    /** Signed in to a shop, with or without the permission that is asked for. */
    static Fate signedIn(Access access, boolean permitted) {
        return switch (access) {
            case Access.Anyone _, Access.SignedIn _ -> new Fate.Admitted();
            case Access.Permitted _ -> permitted ? new Fate.Admitted() : FORBIDDEN;
            case Access.Operator _ -> FORBIDDEN;
        };
    }

    /** A key with the permission that is asked for, where keys can have it: what a vendor's people do no key does. */
    static Fate keyHolder(Access access) {
        return signedIn(
                access,
                access instanceof Access.Permitted(String permission) && Permissions.OF_A_SHOP.contains(permission));
    }

    /** The operator is in no shop. */
    static Fate operator(Access access) {
        return switch (access) {
            case Access.Anyone _, Access.SignedIn _ -> UNKNOWN_SHOP;
            case Access.Permitted _ -> FORBIDDEN;
            case Access.Operator _ -> new Fate.Admitted();
        };
    }
}
