package org.cartulary.admin;

import java.util.Map;
import java.util.Set;
import org.cartulary.contracts.auth.PageSession;
import org.cartulary.pages.Visit;

/** What whoever has signed in may do, on which depends what pages show. */
final class Rights {

    private Rights() {}

    static Map<String, Object> of(Visit visit) {
        PageSession person = visit.session();
        return Map.of("may", person == null ? Set.of() : person.permissions(), "operator", OperatorKey.isThere(visit));
    }

    /** Whether the role of whoever has signed in allows it. */
    static boolean allows(Visit visit, String permission) {
        PageSession person = visit.session();
        return person != null && person.permissions().contains(permission);
    }
}
