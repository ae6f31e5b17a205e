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
import org.cartulary.platform.http.Precondition;
import org.cartulary.platform.http.ProblemException;
import org.cartulary.platform.http.RequirePermission;
import org.cartulary.platform.http.SqlBudget;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CategoriesController {

    private static final String SHOWN = "categories";
    private static final String ALL = "all-categories";

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
        Place after = place(SHOWN, cursor);
        Question question = new Question(CategoryView.class, length + " after " + after);
        return Objects.requireNonNull(cached.document(
                        question,
                        () -> page(SHOWN, categories.shown(after.sortOrder(), after.slug(), length + 1), length)))
                .answer();
    }

    @GetMapping("/api/v1/admin/categories")
    @SqlBudget(statements = 2, transactions = 1)
    @RequirePermission(Permissions.CATALOG_WRITE)
    Page<CategoryView> all(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int length = Pages.limit(limit);
        Place after = place(ALL, cursor);
        return page(ALL, categories.all(after.sortOrder(), after.slug(), length + 1), length);
    }

    /** Where a page ended. */
    private record Place(int sortOrder, String slug) {}

    private Place place(String scope, @Nullable String cursor) {
        if (cursor == null) {
            return new Place(Integer.MIN_VALUE, "");
        }
        List<String> keys = cursors.decode(scope, cursor);
        return new Place(Integer.parseInt(keys.get(0)), keys.get(1));
    }

    private Page<CategoryView> page(String scope, List<CategoryView> rows, int length) {
        return Pages.of(
                rows, length, last -> cursors.encode(scope, List.of(Integer.toString(last.sortOrder()), last.slug())));
    }

    @PutMapping("/api/v1/admin/categories/{slug}")
    @NotCritical("what a category is called moves neither goods nor money")
    @SqlBudget(statements = 3, transactions = 1)
    @IdempotentByNature("it says how the category shall be")
    @RequirePermission(Permissions.CATALOG_WRITE)
    ResponseEntity<CategoryView> put(
            @PathVariable String slug,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @Valid @RequestBody CategoryDraft draft) {
        Slugs.require(slug);
        Clearing.requireNotGiven(draft, draft.clear());
        return switch (categories.put(slug, draft, Precondition.of(ifMatch, ifNoneMatch))) {
            case PutResult.Put put ->
                ResponseEntity.status(put.created() ? HttpStatus.CREATED : HttpStatus.OK)
                        .eTag(ETags.of(put.category().version()))
                        .body(put.category());
            case PutResult.Exists() ->
                throw ProblemException.preconditionFailed("category-exists", "there is a category with this slug");
            case PutResult.Stale() -> throw ETags.stale();
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
