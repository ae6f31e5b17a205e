package org.cartulary.storefront;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.contracts.auth.PageSession;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Paths;
import org.cartulary.pages.Visit;

/** What stands around every page: the shop, its categories, the cart, and who has signed in. */
final class Shopfront {

    private static final int A_PAGE = 100;
    private static final int MOST_PAGES = 20;

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
        return visit.remember(Catalogue.Categories.class, () -> allCategories(visit));
    }

    /** A list is read to its end, up to two thousand. */
    private static Catalogue.Categories allCategories(Visit visit) {
        List<Catalogue.Category> all = new ArrayList<>();
        Catalogue.PageInfo page = new Catalogue.PageInfo(null, true);
        for (int number = 0; page.hasMore() && number < MOST_PAGES; number++) {
            ApiPath path = ApiPath.of("store/categories").with("limit", A_PAGE).with("cursor", page.next());
            Catalogue.CategoryPage next = visit.apiOfVisitor().get(path, Catalogue.CategoryPage.class);
            all.addAll(next.items());
            page = next.page();
        }
        return new Catalogue.Categories(all);
    }
}
