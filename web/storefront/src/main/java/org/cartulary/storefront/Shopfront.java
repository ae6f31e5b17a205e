package org.cartulary.storefront;

import java.util.Map;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Visit;

/** What stands around every page of the shop: its categories, and the cart. */
final class Shopfront {

    private Shopfront() {}

    static Map<String, Object> of(Visit visit) {
        return Map.of(
                "categories",
                categories(visit),
                "cartCount",
                CartCookie.of(visit).count());
    }

    static Catalogue.Categories categories(Visit visit) {
        return visit.remember(
                Catalogue.Categories.class,
                () -> new Catalogue.Categories(visit.apiOfVisitor()
                        .all(
                                ApiPath.of("store/categories"),
                                Catalogue.CategoryPage.class,
                                Catalogue.CategoryPage::items,
                                Catalogue.CategoryPage::page)));
    }
}
