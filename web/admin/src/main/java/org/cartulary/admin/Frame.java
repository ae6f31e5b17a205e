package org.cartulary.admin;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.cartulary.contracts.auth.PageSession;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Paths;
import org.cartulary.pages.Visit;

/** What stands around every page: the shop, who has signed in, and what they may see. */
final class Frame {

    private Frame() {}

    static Map<String, Object> of(Visit visit) {
        Map<String, Object> model = new HashMap<>();
        Shop shop = shop(visit);
        model.put("shop", shop);
        // Times are told as they are where the shop is.
        model.put("fmt", visit.formats(ZoneId.of(shop.timeZone())));
        PageSession person = visit.session();
        model.put("may", person == null ? Set.of() : person.permissions());
        model.put("person", person);
        model.put("operator", OperatorKey.isThere(visit));
        model.put("here", Paths.asked(visit));
        return model;
    }

    static Shop shop(Visit visit) {
        return visit.remember(Shop.class, () -> visit.apiOfVisitor().get(ApiPath.of("store/shop"), Shop.class));
    }

    /** Whether the role of whoever has signed in allows it. */
    static boolean allows(Visit visit, String permission) {
        PageSession person = visit.session();
        return person != null && person.permissions().contains(permission);
    }
}
