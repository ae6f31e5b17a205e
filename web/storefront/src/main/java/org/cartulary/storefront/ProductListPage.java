package org.cartulary.storefront;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiException;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;

/** Products of a category or of a search, with the filters that narrow them. */
final class ProductListPage {

    private static final int SHOWN = 24;
    private static final List<String> ORDERS = List.of("newest", "price-asc", "price-desc", "rating", "name");

    private ProductListPage() {}

    static ServerResponse ofCategory(Visit visit) {
        Catalogue.Category category = Shopfront.categories(visit).find(visit.path("slug"));
        if (category == null) {
            return visit.notFound();
        }
        return list(visit, category);
    }

    static ServerResponse ofSearch(Visit visit) {
        return list(visit, null);
    }

    private static ServerResponse list(Visit visit, Catalogue.@Nullable Category category) {
        Filters filters = Filters.of(visit, category == null ? null : category.slug());
        Api api = visit.apiOfVisitor();
        ApiPath products = filters.addTo(ApiPath.of("store/products"))
                .with("order", filters.order())
                .with("limit", SHOWN)
                .with("cursor", visit.field("cursor"));
        Catalogue.ListedPage page;
        try {
            page = api.get(products, Catalogue.ListedPage.class);
        } catch (ApiException e) {
            // A price that is none, or a place in the list that is not there any more.
            if (e.problem()
                            .is(
                                    "invalid-filter",
                                    "invalid-price",
                                    "invalid-order",
                                    "invalid-cursor",
                                    "invalid-parameter")
                    && !visit.has("told")) {
                return visit.redirect(
                        filters.wideAddress() + (filters.query().isEmpty() ? "?" : "&") + "told=filter-refused");
            }
            throw e;
        }
        Map<String, Object> model = new HashMap<>();
        model.put("filters", filters);
        model.put("products", page);
        model.put("more", page.page().hasMore() ? filters.address(page.page().next()) : null);
        if (visit.wantsFragment() && visit.has("cursor")) {
            return visit.fragment("products", "more", model);
        }
        model.put("facets", api.get(filters.addTo(ApiPath.of("store/product-facets")), Catalogue.Facets.class));
        model.put("orders", ORDERS);
        model.put("category", category);
        model.put("categories", Shopfront.categories(visit));
        return visit.page("products", model);
    }
}
