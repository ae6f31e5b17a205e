package org.cartulary.admin;

import java.util.HashMap;
import java.util.Map;
import org.cartulary.pages.ApiPath;
import org.cartulary.pages.Outcome;
import org.cartulary.pages.Paths;
import org.cartulary.pages.Problem;
import org.cartulary.pages.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;

/** The categories of the shop, as a tree. */
final class CategoryPages {

    private static final String NEW = "new";

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

    static ServerResponse show(Visit visit) {
        return show(visit, null);
    }

    private static ServerResponse show(Visit visit, @Nullable Problem problem) {
        Products.Categories categories = all(visit);
        Products.Category known = categories.find(visit.path("slug"));
        boolean isNew = visit.path("slug").equals(NEW) && known == null;
        if (known == null && !isNew) {
            return visit.notFound();
        }
        Map<String, Object> model = new HashMap<>();
        model.put("categories", categories);
        model.put("category", problem != null || known == null ? typed(visit) : known);
        model.put("isNew", isNew);
        return visit.page("category", model, problem);
    }

    private static Products.Category typed(Visit visit) {
        return new Products.Category(
                visit.field("slug"),
                visit.field("name"),
                visit.fieldOrNull("parentSlug"),
                visit.field("description"),
                visit.field("imageUrl"),
                visit.number("sortOrder", 0),
                visit.has("active") || visit.fieldOrNull("name") == null);
    }

    static ServerResponse save(Visit visit) {
        boolean isNew = visit.path("slug").equals(NEW);
        String slug = isNew ? visit.field("slug") : visit.path("slug");
        if (isNew && all(visit).find(slug) != null) {
            return visit.redirect("/admin/categories/" + Paths.encoded(slug) + "?told=category-exists");
        }
        Map<String, Object> draft = new HashMap<>();
        draft.put("name", visit.field("name"));
        draft.put("parentSlug", visit.fieldOrNull("parentSlug"));
        draft.put("description", visit.fieldOrNull("description"));
        draft.put("imageUrl", visit.fieldOrNull("imageUrl"));
        draft.put("sortOrder", Typed.number(visit, "sortOrder"));
        draft.put("active", visit.has("active"));
        Outcome<JsonNode> outcome = visit.api().put(ApiPath.of("admin/categories/{slug}", slug), draft, JsonNode.class);
        return visit.after(outcome, "/admin/categories?said=saved", problem -> show(visit, problem));
    }
}
