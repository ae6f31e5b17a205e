package org.cartulary.storefront;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.cartulary.contracts.auth.PageSession;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Paths;
import org.cartulary.pages.Visit;

/** What stands around every page: the shop, its categories, the cart, and who has signed in. */
final class Shopfront {

    private Shopfront() {}

    static Map<String, Object> of(Visit visit) {
        Map<String, Object> model = new HashMap<>();
        Shop shop = shop(visit);
        model.put("shop", shop);
        model.put("fmt", visit.formats(ZoneId.of(shop.timeZone())));
        model.put("categories", categories(visit));
        model.put("cartCount", CartCookie.of(visit).count());
        PageSession session = visit.session();
        if (session != null) {
            model.put("person", session);
        }
        model.put("here", Paths.asked(visit));
        return model;
    }

    static Shop shop(Visit visit) {
        return visit.remember(Shop.class, () -> visit.apiOfVisitor().get(ApiPath.of("store/shop"), Shop.class));
    }

    static Catalogue.Categories categories(Visit visit) {
        return visit.remember(
                Catalogue.Categories.class,
                () -> new Catalogue.Categories(visit.apiOfVisitor()
                        .all(
                                ApiPath.of("store/categories"),
                                Catalogue.CategoryPage.class,
                                Catalogue.CategoryPage::items,
                                page -> page.page().next())));
    }
}
