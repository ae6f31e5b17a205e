package org.cartulary.storefront;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Paths;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** One product: what it is, what it costs, and what others think of it. */
final class ProductPage {

    private static final int REVIEWS = 5;
    private static final int ALSO = 4;

    /** More variants than that are asked about their stock only once they are in the cart. */
    private static final int MOST_ASKED = 12;

    private ProductPage() {}

    static ServerResponse show(Visit visit) {
        return show(visit, null);
    }

    private static ServerResponse show(Visit visit, @Nullable Problem problem) {
        Api api = visit.apiOfVisitor();
        Catalogue.Product product = find(visit);
        if (product == null) {
            return visit.notFound();
        }
        Map<String, Object> model = new HashMap<>();
        model.put("product", product);
        model.put("stock", stock(api, product));
        model.put("chosen", visit.field("variant"));
        model.put(
                "reviews",
                api.get(
                        ApiPath.of("store/products/{id}/reviews", product.id()).with("limit", REVIEWS),
                        Catalogue.Reviews.class));
        model.put("also", also(api, product));
        return visit.page("product", model, problem);
    }

    private static Catalogue.@Nullable Product find(Visit visit) {
        return visit.apiOfVisitor()
                .find(ApiPath.of("store/products/{slug}", visit.path("slug")), Catalogue.Product.class);
    }

    /** How many there are of what can be bought, by its id. */
    private static Map<UUID, Catalogue.Availability> stock(Api api, Catalogue.Product product) {
        List<UUID> sold = product.variants().isEmpty()
                ? List.of(product.id())
                : product.variants().stream().map(Catalogue.Variant::id).toList();
        Map<UUID, Catalogue.Availability> stock = new HashMap<>();
        if (sold.size() <= MOST_ASKED) {
            sold.forEach(id -> stock.put(
                    id, api.get(ApiPath.of("store/products/{id}/availability", id), Catalogue.Availability.class)));
        }
        return stock;
    }

    private static List<Catalogue.Listed> also(Api api, Catalogue.Product product) {
        Catalogue.Reference category = product.category();
        if (category == null) {
            return List.of();
        }
        return api
                .get(
                        ApiPath.of("store/products")
                                .with("category", category.slug())
                                .with("limit", ALSO + 1),
                        Catalogue.ListedPage.class)
                .items()
                .stream()
                .filter(other -> !other.id().equals(product.id()))
                .limit(ALSO)
                .toList();
    }

    static ServerResponse reviews(Visit visit) {
        Catalogue.Product product = find(visit);
        if (product == null) {
            return visit.notFound();
        }
        Catalogue.Reviews reviews = visit.apiOfVisitor()
                .get(
                        ApiPath.of("store/products/{id}/reviews", product.id()).with("cursor", visit.field("cursor")),
                        Catalogue.Reviews.class);
        return visit.page("reviews", Map.of("product", product, "reviews", reviews));
    }

    static ServerResponse review(Visit visit) {
        Map<String, Object> draft = new HashMap<>();
        draft.put("rating", visit.number("rating", 0));
        draft.put("author", visit.fieldOrNull("author"));
        draft.put("title", visit.fieldOrNull("title"));
        draft.put("text", visit.fieldOrNull("text"));
        Outcome<JsonNode> outcome = visit.api()
                .withIdempotencyKey(visit.key())
                .post(ApiPath.of("store/products/{slug}/reviews", visit.path("slug")), draft, JsonNode.class);
        return switch (outcome) {
            case Outcome.Done<JsonNode> _ ->
                visit.redirect("/products/" + Paths.encoded(visit.path("slug")) + "?said=reviewed#reviews");
            case Outcome.Refused<JsonNode>(Problem problem) -> show(visit, problem);
        };
    }
}
