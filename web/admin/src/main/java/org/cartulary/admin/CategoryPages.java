package org.cartulary.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.cartulary.pages.Api;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** The categories of the shop, as a tree. */
final class CategoryPages {

    private CategoryPages() {}

    static Products.Categories all(Visit visit) {
        return new Products.Categories(visit.api()
                .all(
                        ApiPath.of("admin/categories"),
                        Products.CategoryPage.class,
                        Products.CategoryPage::items,
                        Products.CategoryPage::page));
    }

    static ServerResponse list(Visit visit) {
        return visit.page("categories", Map.of("categories", all(visit)));
    }

    static ServerResponse askNew(Visit visit) {
        return askNew(visit, null);
    }

    private static ServerResponse askNew(Visit visit, @Nullable Problem problem) {
        return show(visit, all(visit), null, problem);
    }

    /** Adds one: what has its name in addresses already stays as it is. */
    static ServerResponse add(Visit visit) {
        String slug = visit.field("slug");
        // Other characters mean something in addresses, and what is asked for is not this category.
        if (!slug.matches("[\\p{L}\\p{N} _-]+")) {
            return askNew(visit, Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "invalid-slug"));
        }
        return put(visit, visit.api().ifAbsent(), slug, problem -> askNew(visit, problem));
    }

    static ServerResponse show(Visit visit) {
        return show(visit, null);
    }

    private static ServerResponse show(Visit visit, @Nullable Problem problem) {
        Products.Categories categories = all(visit);
        Products.Category category = categories.find(visit.path("slug"));
        return category == null ? visit.notFound() : show(visit, categories, category, problem);
    }

    /** @param category {@code null} for a new one */
    private static ServerResponse show(
            Visit visit,
            Products.Categories categories,
            Products.@Nullable Category category,
            @Nullable Problem problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("categories", categories);
        model.put("category", category);
        return visit.page("category", model, problem);
    }

    static ServerResponse save(Visit visit) {
        Api api = visit.api().withVersion(visit.number("version", 0));
        return put(visit, api, visit.path("slug"), problem -> show(visit, problem));
    }

    private static ServerResponse put(Visit visit, Api api, String slug, Function<Problem, ServerResponse> refused) {
        Map<String, Object> draft = new HashMap<>();
        draft.put("name", visit.field("name"));
        draft.put("parentSlug", visit.fieldOrNull("parentSlug"));
        draft.put("description", visit.fieldOrNull("description"));
        draft.put("imageUrl", visit.fieldOrNull("imageUrl"));
        draft.put("sortOrder", Typed.number(visit, "sortOrder"));
        draft.put("active", visit.has("active"));
        draft.put("clear", Typed.emptied(visit, "description", "imageUrl"));
        Outcome<JsonNode> outcome = api.put(ApiPath.of("admin/categories/{slug}", slug), draft, JsonNode.class);
        return visit.after(outcome, "/admin/categories?said=saved", refused);
    }
}
