package org.cartulary.catalog;

import jakarta.validation.Valid;
import java.util.List;
import java.util.Objects;
import org.cartulary.catalog.CachedCatalog.Question;
import org.cartulary.catalog.CategoryStore.PutResult;
import org.cartulary.contracts.auth.Permissions;
import org.cartulary.platform.audit.NotCritical;
import org.cartulary.platform.http.AllowAnyone;
import org.cartulary.platform.http.Cursors;
import org.cartulary.platform.http.ETags;
import org.cartulary.platform.http.IdempotentByNature;
import org.cartulary.platform.http.JsonDocument;
import org.cartulary.platform.http.Page;
import org.cartulary.platform.http.Pages;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CategoriesController {

    private static final String SCOPE = "categories";

    private final CachedCatalog cached;
    private final CategoryStore categories;
    private final Cursors cursors;

    CategoriesController(CachedCatalog cached, CategoryStore categories, Cursors cursors) {
        this.cached = cached;
        this.categories = categories;
        this.cursors = cursors;
    }

    @GetMapping("/api/v1/store/categories")
    @AllowAnyone
    @SqlBudget(statements = 4, transactions = 2)
    ResponseEntity<JsonDocument<Page<CategoryView>>> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        List<String> after =
                cursor == null ? List.of(Integer.toString(Integer.MIN_VALUE), "") : cursors.decode(SCOPE, cursor);
        Question question = new Question(CategoryView.class, length + " after " + after);
        return Objects.requireNonNull(cached.document(question, () -> page(after, length)))
                .answer();
    }

    private Page<CategoryView> page(List<String> after, int length) {
        return Pages.of(
                categories.list(Integer.parseInt(after.get(0)), after.get(1), length + 1),
                length,
                last -> cursors.encode(SCOPE, List.of(Integer.toString(last.sortOrder()), last.slug())));
    }

    @PutMapping("/api/v1/admin/categories/{slug}")
    @NotCritical("what a category is called moves neither goods nor money")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("it says how the category shall be")
    @RequirePermission(Permissions.CATALOG_WRITE)
    ResponseEntity<CategoryView> put(@PathVariable String slug, @Valid @RequestBody CategoryDraft draft) {
        Slugs.require(slug);
        return switch (categories.put(slug, draft)) {
            case PutResult.Put put ->
                ResponseEntity.status(put.created() ? HttpStatus.CREATED : HttpStatus.OK)
                        .eTag(ETags.of(put.category().version()))
                        .body(put.category());
            case PutResult.UnknownParent() ->
                throw ProblemException.unprocessable("unknown-category", "there is no such category")
                        .with("/parentSlug", "unknown", "there is no category \"" + draft.parentSlug() + "\"");
            case PutResult.ParentBelow() ->
                throw ProblemException.unprocessable(
                                "category-below-itself", "a category belongs neither to itself nor to one below it")
                        .with("/parentSlug", "below-itself", "it is, or is below, \"" + slug + "\"");
        };
    }
}
