package org.cartulary.storefront;

import java.util.Map;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Visit;
import org.springframework.web.servlet.function.ServerResponse;

/** The first page. */
final class HomePage {

    private static final int SHOWN = 8;

    private HomePage() {}

    static ServerResponse show(Visit visit) {
        // The newest first, and before them those that the shop features.
        return visit.page(
                "home", Map.of("featured", products(visit, "newest"), "bestRated", products(visit, "rating")));
    }

    private static Catalogue.ListedPage products(Visit visit, String order) {
        return visit.apiOfVisitor()
                .get(
                        ApiPath.of("store/products").with("order", order).with("limit", SHOWN),
                        Catalogue.ListedPage.class);
    }
}
